using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>Answer of <c>GET /v1/experiments</c>.</summary>
internal sealed record ExperimentList(long SnapshotVersion, IReadOnlyList<ExperimentView> Experiments);

/// <summary>Answer of <c>GET /v1/experiments/{id}</c>.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Layer">Its layer.</param>
/// <param name="Hypothesis">What it is meant to show.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Version">Of its last edit; the ETag.</param>
/// <param name="Traffic">Its part of the layer's users now, 0..1.</param>
/// <param name="Epoch">The present one; null when it does not run.</param>
/// <param name="Units">Units that saw any arm.</param>
/// <param name="MultiArmUnits">Units that saw more than one arm.</param>
/// <param name="Arms">Its arms.</param>
/// <param name="Definition">What its owner wrote; edit this and PUT it.</param>
/// <param name="Lifecycle">What became of it.</param>
/// <param name="Possible">What can be done now.</param>
/// <param name="NeedsDecision">What the machine has recommended and nobody has done: <c>promote</c>, <c>roll_back</c> or <c>inconclusive</c>; missing when there is nothing. Results say why.</param>
public sealed record ExperimentView(
    string Id,
    string Layer,
    string Hypothesis,
    string Owner,
    string State,
    long Version,
    double Traffic,
    int? Epoch,
    long Units,
    long MultiArmUnits,
    IReadOnlyList<ArmView> Arms,
    DefinedExperiment Definition,
    Lifecycle Lifecycle,
    IReadOnlyList<string> Possible,
    string? NeedsDecision);

/// <param name="Id">The arm.</param>
/// <param name="IsControl">One arm is.</param>
/// <param name="Share">Its part of the experiment's users, 0..1.</param>
/// <param name="Slots">Its slots of the layer's 2^20 now.</param>
/// <param name="Parameters">What it changes.</param>
/// <param name="Units">Units that saw it.</param>
public sealed record ArmView(string Id, bool IsControl, double Share, int Slots, ArmParameters Parameters, long Units);

/// <summary>Answer of everything that changes an experiment.</summary>
/// <param name="Experiment">As it is now.</param>
/// <param name="Split">How rounded shares were completed; missing when they were exact.</param>
/// <param name="SnapshotVersion">The snapshot that carries it.</param>
internal sealed record SavedExperiment(ExperimentView Experiment, SplitView? Split, long SnapshotVersion);

/// <summary>Answer of <c>POST /v1/experiments/validate</c>.</summary>
/// <param name="Valid">True when it could be saved now.</param>
/// <param name="Problem">What is wrong, and the fix.</param>
/// <param name="Faults">Each fault with its member and value.</param>
/// <param name="Split">How rounded shares would be completed.</param>
internal sealed record Validation(bool Valid, string? Problem, object? Faults, SplitView? Split);
