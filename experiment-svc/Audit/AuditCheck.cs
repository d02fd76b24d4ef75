using System.Data.Common;
using System.Text.Json;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>Verifies a log: that its chain holds, and in a database that definitions are what the log says they became.</summary>
internal static class AuditCheck
{
    public static async Task<ChainVerdict> OfDatabaseAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // One moment of both tables, or an edit in between would look like a fault.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var chain = new AuditChain();
        var fault = await chain.Walk.AddAllAsync(connection, AuditLog.Log, cancellationToken)
            ?? Unlogged(chain, [.. await DefinitionStore.RowsAsync(connection, transaction, cancellationToken)]);
        return chain.Walk.Verdict(fault);
    }

    private static string? Unlogged(AuditChain chain, DefinitionRow[] rows)
    {
        if (rows.FirstOrDefault(row => chain.Latest.GetValueOrDefault((row.Kind, row.Id)) != CanonicalJson.Of(JsonElement.Parse(row.Content))) is { } changed)
            return $"{changed.Kind} {changed.Id} is not what the log says it became: it was changed, or the log cut off";
        foreach (var (kind, id) in chain.Latest.Keys.Except(rows.Select(static row => (row.Kind, row.Id))))
            return $"{kind} {id} is in the log and gone from the definitions";
        return null;
    }

    /// <summary>An export: one line per entry.</summary>
    public static async Task<ChainVerdict> OfExportAsync(TextReader lines, CancellationToken cancellationToken)
    {
        var walk = new AuditChain().Walk;
        return walk.Verdict(await walk.AddAllAsync(lines, cancellationToken));
    }
}
