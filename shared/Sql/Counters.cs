using System.Data.Common;
using Dapper;

namespace Splitrail.Sql;

/// <summary>
/// Numbers that only grow, in a table <c>counters (name, value)</c>. Taking the next one holds the counter's row until the transaction ends, so that
/// numbers become visible in their order: a reader that saw 7 will never find a 6 later.
/// </summary>
public static class Counters
{
    public static Task<long> NextAsync(DbTransaction transaction, string name, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition(
            "UPDATE counters SET value = value + 1 WHERE name = @name RETURNING value", new { name }, transaction, cancellationToken: cancellationToken));

    public static Task<long> ReadAsync(DbConnection connection, string name, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT value FROM counters WHERE name = @name", new { name }, cancellationToken: cancellationToken));
}
