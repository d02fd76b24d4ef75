using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Api;

/// <param name="Definition">Edit this and PUT it.</param>
/// <param name="Version">Of the last edit; the ETag.</param>
/// <param name="Free">Part of the layer that neither the holdout nor a running experiment has or is promised, 0..1.</param>
/// <param name="Running">Experiments that run in it.</param>
public sealed record LayerView(DefinedLayer Definition, long Version, double Free, IReadOnlyList<string> Running);

internal sealed record LayerList(IReadOnlyList<LayerView> Layers);

/// <param name="Definition">Edit this and PUT it.</param>
/// <param name="Version">Of the last edit; the ETag.</param>
public sealed record HoldoutView(DefinedHoldout Definition, long Version);

/// <param name="Flags">All switches; one that nobody set is on.</param>
/// <param name="Version">Of the last edit; the ETag.</param>
public sealed record FlagsView(IReadOnlyDictionary<string, bool> Flags, long Version);

/// <summary>What definitions may name. Lists come from those who answer to the names.</summary>
/// <param name="Parameters">Values by parameter of an arm.</param>
/// <param name="Sources">Candidate sources, as mixes name them.</param>
/// <param name="Models">Versions in the models folder.</param>
/// <param name="Flags">Kill switches.</param>
/// <param name="States">Of an experiment.</param>
/// <param name="Metrics">What is counted.</param>
/// <param name="Dimensions">What results can be split by.</param>
/// <param name="Types">Of an experiment.</param>
/// <param name="MetricRoles">Of a metric.</param>
/// <param name="RampGates">What a ramp's step may ask before the next.</param>
/// <param name="Reasons">Kinds of reasons.</param>
/// <param name="AudienceAttributes">What a rule can ask for.</param>
/// <param name="AudienceOperators">How.</param>
/// <param name="Hashes">Of a layer.</param>
/// <param name="Units">Who a layer randomises.</param>
/// <param name="SlotsPerLayer">A share is a whole number of these.</param>
internal sealed record SchemaView(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Models,
    IReadOnlyList<string> Flags,
    IReadOnlyList<string> States,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<string> Dimensions,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> MetricRoles,
    IReadOnlyList<string> RampGates,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> AudienceAttributes,
    IReadOnlyList<string> AudienceOperators,
    IReadOnlyList<string> Hashes,
    IReadOnlyList<string> Units,
    int SlotsPerLayer);

/// <summary>Answer of an import.</summary>
internal sealed record Imported(IReadOnlyList<string> Layers, IReadOnlyList<string> Experiments, long SnapshotVersion);
