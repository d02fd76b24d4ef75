using System.Data.Common;
using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>The definitions in SQL.</summary>
internal sealed class DefinitionStore(Database database)
{
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<DefinitionSet> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync((connection, token) => ReadAsync(connection, null, token), cancellationToken);

    /// <summary>Hash of the last edit's log entry, which no other history has; null before the first.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<string?> LastEditAsync(CancellationToken cancellationToken) => database.ReadAsync(
        (connection, token) => connection.ExecuteScalarAsync<string?>(new CommandDefinition("SELECT hash FROM audit_log ORDER BY sequence DESC LIMIT 1", cancellationToken: token)), cancellationToken);

    public static async Task<DefinitionSet> ReadAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        DefinitionSet.Of(await RowsAsync(connection, transaction, cancellationToken));

    public static Task<IEnumerable<DefinitionRow>> RowsAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken) =>
        connection.QueryAsync<DefinitionRow>(new CommandDefinition(
            "SELECT kind AS Kind, id AS Id, version AS Version, content AS Content FROM definitions", transaction: transaction, cancellationToken: cancellationToken));

    public static Task WriteAsync(DbTransaction transaction, DefinitionRow row, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO definitions (kind, id, version, content) VALUES (@Kind, @Id, @Version, @Content) "
            + "ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, content = excluded.content",
            row, transaction, cancellationToken: cancellationToken));
}
