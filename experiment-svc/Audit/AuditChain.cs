using System.Text.Json;
using Splitrail.ExperimentSvc.Chains;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>Goes through the audit log and remembers what each definition became by it.</summary>
internal sealed class AuditChain
{
    private readonly Dictionary<(string Kind, string Id), string> _latest = [];

    public AuditChain() => Walk = new ChainWalk(Remember);

    public ChainWalk Walk { get; }

    /// <summary>The last content of each definition, by the log.</summary>
    public IReadOnlyDictionary<(string Kind, string Id), string> Latest => _latest;

    private string? Remember(ChainRow row, JsonElement content)
    {
        if (Read(content) is not { } entry)
            return $"entry {row.Sequence} cannot be read";
        _latest[(entry.Kind, entry.Id)] = entry.To is { } to ? CanonicalJson.Of(to) : "";
        return null;
    }

    private static AuditEntry? Read(JsonElement content)
    {
        try
        {
            return content.Deserialize(AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            // Its hash is right, so it was written like this: the caller says so.
            return null;
        }
    }
}
