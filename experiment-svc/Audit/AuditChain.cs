using System.Text.Json;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>Goes through the log in order and stops at the first entry that is not what was written.</summary>
internal sealed class AuditChain
{
    private readonly Dictionary<(string Kind, string Id), string> _latest = [];

    public long Entries { get; private set; }

    /// <summary>Hash of the last good entry: who keeps it elsewhere finds a log that was cut off and written anew.</summary>
    public string Head { get; private set; } = AuditEntry.Genesis;

    /// <summary>The last content of each definition, by the log.</summary>
    public IReadOnlyDictionary<(string Kind, string Id), string> Latest => _latest;

    /// <summary>What is wrong with the next row; null when it follows.</summary>
    public string? Add(AuditRow row)
    {
        if (row.Sequence != Entries + 1)
            return $"entry {Entries + 1} is missing; {row.Sequence} follows";
        if (AuditEntry.HashOf(row.Entry) != row.Hash)
            return $"entry {row.Sequence} was changed: its content does not match its hash";
        if (Read(row.Entry) is not { } entry)
            return $"entry {row.Sequence} cannot be read";
        if (entry.PrevHash != Head)
            return $"entry {row.Sequence} does not follow the entry before it";
        if ((entry.Sequence, entry.Kind, entry.Id) != (row.Sequence, row.Kind, row.Id))
            return $"entry {row.Sequence} is filed as another one: {row.Kind} {row.Id}";
        (Entries, Head) = (row.Sequence, row.Hash);
        _latest[(entry.Kind, entry.Id)] = entry.To is { } to ? CanonicalJson.Of(to) : "";
        return null;
    }

    private static AuditEntry? Read(string entry)
    {
        try
        {
            return JsonSerializer.Deserialize(entry, AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            // Its hash is right, so it was written like this: the caller says so.
            return null;
        }
    }
}
