using System.Data.Common;
using System.Text.Json;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>Verifies a log: that its chain holds, and in a database that definitions are what the log says they became.</summary>
internal static class AuditCheck
{
    private const int PageSize = 500;

    public static async Task<AuditVerdict> OfDatabaseAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // One moment of both tables, or an edit in between would look like a fault.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var chain = new AuditChain();
        while (await AuditLog.PageAsync(connection, chain.Entries, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                if (chain.Add(row) is { } fault)
                    return new AuditVerdict(false, chain.Entries, chain.Head, fault);
            }
        }

        var unlogged = Unlogged(chain, [.. await DefinitionStore.RowsAsync(connection, transaction, cancellationToken)]);
        return new AuditVerdict(unlogged is null, chain.Entries, chain.Head, unlogged);
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
    public static async Task<AuditVerdict> OfExportAsync(TextReader lines, CancellationToken cancellationToken)
    {
        var chain = new AuditChain();
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if ((Read(line) is { } row ? chain.Add(row) : $"line {chain.Entries + 1} cannot be read") is { } fault)
                return new AuditVerdict(false, chain.Entries, chain.Head, fault);
        }

        return new AuditVerdict(true, chain.Entries, chain.Head, null);
    }

    private static AuditRow? Read(string line)
    {
        try
        {
            var parsed = JsonElement.Parse(line);
            var entry = parsed.GetProperty("entry");
            return new AuditRow(
                entry.GetProperty("sequence").GetInt64(), entry.GetProperty("kind").GetString()!, entry.GetProperty("id").GetString()!, parsed.GetProperty("hash").GetString()!, entry.GetRawText());
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The caller says which line it was.
            return null;
        }
    }
}
