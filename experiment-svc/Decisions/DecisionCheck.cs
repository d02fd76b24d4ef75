using System.Data.Common;
using System.Text.Json;
using Dapper;
using Splitrail.ExperimentSvc.Chains;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Verifies a log of decisions: that its chain holds, and that each decision follows from its facts and from looks that were taken, to the bit, by the code that decides.</summary>
internal sealed class DecisionCheck
{
    private readonly HashSet<(string Experiment, int Planned, long AtMs)> _looks = [];

    public static async Task<ChainVerdict> OfDatabaseAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var walk = new ChainWalk(new DecisionCheck().FaultOf);
        return walk.Verdict(await walk.AddAllAsync(connection, DecisionLog.Log, cancellationToken) ?? await CutOffAsync(connection, walk.Entries, cancellationToken));
    }

    /// <summary>A log that lost its last entries is a good chain; what became of them is still noted beside it.</summary>
    private static async Task<string?> CutOffAsync(DbConnection connection, long entries, CancellationToken cancellationToken)
    {
        var last = await connection.ExecuteScalarAsync<long?>(new CommandDefinition("SELECT MAX(sequence) FROM decision_actions", cancellationToken: cancellationToken));
        return last > entries ? $"the log was cut off: it ends with entry {entries}, and what became of entry {last} is noted" : null;
    }

    /// <summary>An export: one line per entry.</summary>
    public static async Task<ChainVerdict> OfExportAsync(TextReader lines, CancellationToken cancellationToken)
    {
        var walk = new ChainWalk(new DecisionCheck().FaultOf);
        return walk.Verdict(await walk.AddAllAsync(lines, cancellationToken));
    }

    /// <summary>Decides again, and compares the texts: the same text is the same bits.</summary>
    private string? FaultOf(ChainRow row, JsonElement content)
    {
        if (Read(content) is not { } entry)
            return $"entry {row.Sequence} cannot be read";
        try
        {
            return FaultOf(row, entry);
        }
        catch (Exception senseless) when (senseless is not OperationCanceledException)
        {
            // Facts that nobody can have decided by, whose hash is right: the caller says which entry has them.
            return $"entry {row.Sequence} has facts that nothing can be decided by ({senseless.Message}){Released(entry)}";
        }
    }

    private string? FaultOf(ChainRow row, DecisionEntry entry)
    {
        if (Decided.Of(entry.Facts) is not { } decided)
            return $"entry {row.Sequence} says {entry.Kind}, and nothing follows from its facts{Released(entry)}";
        var again = decided.ToEntry(entry.Sequence, entry.Id, entry.Version, entry.Mode, entry.PrevHash) with { Release = entry.Release };
        if (again.Canonical() == row.Entry)
            return LooksFaultOf(entry);
        return $"entry {row.Sequence} does not follow from its facts: {Difference(entry, again)}{Released(entry)}";
    }

    private string? LooksFaultOf(DecisionEntry entry)
    {
        if (entry.Facts.Looks.FirstOrDefault(look => !_looks.Contains((entry.Id, look.Planned, look.AtMs))) is { } unknown)
            return $"entry {entry.Sequence} counts planned look {unknown.Planned} of experiment {entry.Id}, which nobody has taken before";
        if (entry.Outcome.Conclusion.Look is { } taken)
            _looks.Add((entry.Id, taken.Planned, taken.AtMs));
        return null;
    }

    private static string Difference(DecisionEntry entry, DecisionEntry again) => (entry.Kind, entry.Arm) != (again.Kind, again.Arm)
        ? $"it says {entry.Kind} {entry.Arm}, and {again.Kind} {again.Arm} follows"
        : "other numbers or words follow";

    private static string Released(DecisionEntry entry) =>
        entry.Release == DecisionEntry.ThisRelease ? "" : $" (it was decided by release {entry.Release}, and this is {DecisionEntry.ThisRelease}: verify it with that one)";

    private static DecisionEntry? Read(JsonElement content)
    {
        try
        {
            return content.Deserialize(DecisionJson.Default.DecisionEntry);
        }
        catch (JsonException)
        {
            // Its hash is right, so it was written like this: the caller says so.
            return null;
        }
    }
}
