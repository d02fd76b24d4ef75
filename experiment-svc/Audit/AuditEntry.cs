using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Reasons;

namespace Splitrail.ExperimentSvc.Audit;

/// <summary>One change: who, when, from, to, why.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="AtMs">Unix milliseconds, by the clock of the replica that made it.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="Kind">Of the definition that changed.</param>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version after the change.</param>
/// <param name="SnapshotVersion">The snapshot that carries it.</param>
/// <param name="Reason">Why, where a reason is asked for.</param>
/// <param name="From">Before; null when it was not there.</param>
/// <param name="To">After.</param>
/// <param name="PrevHash">Hash of the entry before; of the first one <see cref="ChainHash.Genesis"/>.</param>
internal sealed record AuditEntry(
    long Sequence,
    long AtMs,
    string Actor,
    string Action,
    string Kind,
    string Id,
    long Version,
    long SnapshotVersion,
    Reason? Reason,
    JsonElement? From,
    JsonElement? To,
    string PrevHash)
{
    /// <summary>The text that is stored and hashed.</summary>
    public string Canonical() => CanonicalJson.Of(JsonSerializer.SerializeToElement(this, AuditJson.Default.AuditEntry));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
internal sealed partial class AuditJson : JsonSerializerContext;
