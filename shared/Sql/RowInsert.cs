using System.Data;
using System.Data.Common;
using System.Text;

namespace Splitrail.Sql;

/// <summary>INSERT of some rows in as few statements as fit: one round trip for a batch of events.</summary>
public static class RowInsert
{
    private const int RowsPerStatement = 200;

    /// <param name="transaction">The transaction.</param>
    /// <param name="table">Table and columns.</param>
    /// <param name="rows">No two of one key when <paramref name="onConflict"/> updates: PostgreSQL refuses to touch a row twice.</param>
    /// <param name="onConflict">What follows <c>ON CONFLICT (key) DO</c>.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <returns>Rows inserted or updated.</returns>
    public static async Task<long> ExecuteAsync<T>(
        DbTransaction transaction, BulkTable<T> table, IReadOnlyList<T> rows, string onConflict, CancellationToken cancellationToken)
    {
        var affected = 0L;
        for (var start = 0; start < rows.Count; start += RowsPerStatement)
        {
            var count = Math.Min(RowsPerStatement, rows.Count - start);
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = Statement(table, count, onConflict);
            for (var i = 0; i < count; i++)
                AddParameters(command, table, rows[start + i], i);
            affected += await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return affected;
    }

    private static string Statement<T>(BulkTable<T> table, int rows, string onConflict)
    {
        var sql = new StringBuilder($"INSERT INTO {table.Name} ({table.ColumnNames}) VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < table.Columns.Count; column++)
                sql.Append(column == 0 ? "@r" : ", @r").Append(row).Append('_').Append(column);
            sql.Append(')');
        }

        return sql.Append($" ON CONFLICT ({table.Key}) DO {onConflict}").ToString();
    }

    private static void AddParameters<T>(DbCommand command, BulkTable<T> table, T row, int number)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@r{number}_{i}";
            parameter.DbType = column.IsText ? DbType.String : DbType.Int64;
            parameter.Value = column.ValueOf(row);
            command.Parameters.Add(parameter);
        }
    }
}
