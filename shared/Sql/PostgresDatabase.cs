using System.Data.Common;
using System.Net.Sockets;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Splitrail.Sql;

/// <summary>All that only PostgreSQL has: its pool, its advisory locks and COPY.</summary>
internal sealed class PostgresDatabase : Database, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(SqlOptions options, SqlMetrics metrics, TimeProvider time)
        : base(options, metrics, time)
    {
        var settings = PostgresAddress.Parse(options.ConnectionString);
        settings.Timeout = Math.Max(1, (int)options.WriteTimeout.TotalSeconds);
        // The caller's token ends a statement sooner; this is the last resort when the server does not even take the cancellation.
        settings.CommandTimeout = 0;
        settings.CancellationTimeout = 1000;
        settings.MaxAutoPrepare = 32;
        settings.AutoPrepareMinUsages = 2;
        // Its metrics would be named after the connection string.
        _source = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "postgresql" }.Build();
    }

    public override string System => "postgresql";

    /// <summary>COPY knows no ON CONFLICT, so rows go through a temporary table.</summary>
    public override async Task<long> BulkInsertAsync<T>(DbTransaction transaction, BulkTable<T> table, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)transaction.Connection!;
        var loading = $"loading_{table.Name}";
        await connection.ExecuteAsync($"CREATE TEMPORARY TABLE {loading} ON COMMIT DROP AS SELECT {table.ColumnNames} FROM {table.Name} WITH NO DATA", transaction: transaction);
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY {loading} ({table.ColumnNames}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (var row in rows)
                await WriteAsync(copy, table, row, cancellationToken);
            await copy.CompleteAsync(cancellationToken);
        }

        return await connection.ExecuteAsync(new CommandDefinition(
            $"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT {table.ColumnNames} FROM {loading} ON CONFLICT ({table.Key}) DO NOTHING",
            transaction: transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Each column goes as one array, so that the statement is the same, and prepared, for any number of rows.</summary>
    public override async Task<long> UpsertAsync<T>(
        DbTransaction transaction, BulkTable<T> table, IReadOnlyList<T> rows, string onConflict, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return 0;
        await using var command = (NpgsqlCommand)transaction.Connection!.CreateCommand();
        command.Transaction = (NpgsqlTransaction)transaction;
        command.CommandText =
            $"INSERT INTO {table.Name} ({table.ColumnNames}) SELECT * FROM unnest({string.Join(", ", table.Columns.Select(static (_, i) => $"@c{i}"))}) "
            + $"ON CONFLICT ({table.Key}) DO {onConflict}";
        for (var i = 0; i < table.Columns.Count; i++)
            command.Parameters.Add(ArrayOf(table.Columns[i], rows, $"c{i}"));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override string AnyOf(string column, string parameter) => $"{column} = ANY(@{parameter})";

    public override KeyList Keys(IEnumerable<string> keys) => new(keys.ToArray());

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    protected override ValueTask<DbConnection> OpenLoaderAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    protected override Task LockAsync(DbTransaction transaction, string purpose, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "SELECT pg_advisory_xact_lock(hashtext(@purpose))", new { purpose = $"splitrail-{purpose}" }, transaction, cancellationToken: cancellationToken));

    // Connection, rollback by conflict, locks, resources, operator intervention, system error, read-only after a failover.
    protected override bool IsAway(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => state is "25006" || state[..2] is "08" or "28" or "3D" or "40" or "53" or "55" or "57" or "58",
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    private static NpgsqlParameter ArrayOf<T>(BulkColumn<T> column, IReadOnlyList<T> rows, string name) => column.IsText
        ? new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = rows.Select(column.TextOf).ToArray() }
        : new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = rows.Select(column.NumberOf).ToArray() };

    private static async Task WriteAsync<T>(NpgsqlBinaryImporter copy, BulkTable<T> table, T row, CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        foreach (var column in table.Columns)
        {
            if (column.IsText && column.TextOf(row) is { } text)
                await copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
            else if (!column.IsText && column.NumberOf(row) is { } number)
                await copy.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken);
            else
                await copy.WriteNullAsync(cancellationToken);
        }
    }
}
