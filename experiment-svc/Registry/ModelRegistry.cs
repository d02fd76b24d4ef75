using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Reasons;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>
/// Publishes, activates and rolls back model versions. What takes time (reading files, asking ranking-svc) is done before the one transaction in which registry, audit log and snapshot change together:
/// whenever this process dies, they say the same.
/// </summary>
internal sealed class ModelRegistry(
    DefinitionStore definitions, EditTransaction transaction, ControlPlane control, ModelVerification verification, ExperimentOptions options)
{
    private readonly ModelStore? _store = options.ModelsDirectory is { } folder ? new ModelStore(folder) : null;

    /// <summary>Registers a version whose folder is on the volume.</summary>
    /// <exception cref="Sql.DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<EditOutcome> PublishAsync(string version, string actor, CancellationToken cancellationToken)
    {
        if (_store is null || !_store.Has(version))
            return Refused(new Refusal(
                StatusCodes.Status404NotFound, "Unknown version", $"The models folder has no version '{version}': put it there first (trainer publish), or set ExperimentSvc:ModelsDirectory to where it is."));
        if (await verification.FilesAsync(version, cancellationToken) is { Passed: false } broken)
            return Refused(new Refusal(StatusCodes.Status409Conflict, "Version refused", $"Version '{version}' is not published: {broken.Detail}."));
        return await RunAsync(RegistryEdits.Register(JsonElement.Parse(_store.ReadManifestText(version)), actor), cancellationToken);
    }

    /// <summary>All conditions of an activation as they stand now.</summary>
    public async Task<IReadOnlyList<ModelGate>> GatesAsync(DefinitionSet set, RegisteredModel model, CancellationToken cancellationToken)
    {
        var files = await verification.FilesAsync(model.Version, cancellationToken);
        // What is not whole is not handed to a parser.
        var opens = files.Passed ? await verification.OpensAsync(model.Manifest, cancellationToken) : new ModelGate(GateNames.Opens, false, false, "not tried");
        return [files, opens, .. MetricGates.Of(model.Manifest, Compared(set, model), options.Registry)];
    }

    /// <param name="version">The version.</param>
    /// <param name="request">For which types, and why in spite of a gate.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <exception cref="Sql.DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<EditOutcome> ActivateAsync(string version, ActivateRequest request, string actor, CancellationToken cancellationToken)
    {
        var set = await definitions.ReadAsync(cancellationToken);
        if (set.Models.GetValueOrDefault(version)?.Value is not { } model)
            return Refused(Refusal.Unknown("model version", version, set.Models.Keys));
        var gates = await GatesAsync(set, model, cancellationToken);
        if (GateRefusal(version, gates, request.Override) is { } closed)
            return Refused(closed);
        var watched = request.WatchHours is { } hours ? TimeSpan.FromHours(hours) : options.Registry.Watch;
        return await RunAsync(RegistryEdits.Activate(version, request.Types, set.Production.Value.Lineup, watched, actor) with { Reason = request.Override ?? request.Reason }, cancellationToken);
    }

    /// <summary>What active.json names: only that it can be served is asked, as its writer has decided the rest. ranking-svc may not be up yet, and refuses by itself what it cannot open.</summary>
    /// <exception cref="Sql.DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<Refusal?> FollowAsync(string version, string actor, CancellationToken cancellationToken)
    {
        if ((await PublishAsync(version, actor, cancellationToken)).Refusal is { } unpublished)
            return unpublished;
        var set = await definitions.ReadAsync(cancellationToken);
        var production = set.Production.Value.Lineup;
        // The first one is what the services have taken from the file themselves.
        if (production != ModelLineup.None && await verification.OpensAsync(set.Models[version].Value.Manifest, cancellationToken) is { Passed: false, MayOverride: false } closed)
            return new Refusal(StatusCodes.Status409Conflict, "Version refused", closed.Detail) { IsTransient = closed.Pending };
        return (await RunAsync(RegistryEdits.Activate(version, null, production, options.Registry.Watch, actor, byFile: true), cancellationToken)).Refusal;
    }

    /// <summary>Back to the lineup before, or to the last one with a version.</summary>
    /// <param name="version">Null for the lineup before.</param>
    /// <param name="reason">Why; null when nothing was said.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <param name="only">Only while this lineup is in production; null asks nothing.</param>
    /// <exception cref="Sql.DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<EditOutcome> RollBackAsync(string? version, Reason? reason, string actor, CancellationToken cancellationToken, ModelLineup? only = null)
    {
        var set = await definitions.ReadAsync(cancellationToken);
        var production = only is null ? set.Production.Value : set.Production.Value with { Lineup = only };
        var to = version is null ? production.RollsBackTo : production.Trail.FirstOrDefault(lineup => ModelTypes.All.Any(type => lineup.Of(type) == version));
        if (to is null)
        {
            return Refused(new Refusal(
                StatusCodes.Status409Conflict, "Nothing to roll back to",
                version is null
                    ? "No other version was in production before."
                    : $"Version '{version}' was not in production among the last {ProductionState.MostRemembered} lineups, or was rolled back itself: activate it."));
        }

        foreach (var needed in ModelTypes.All.Select(to.Of).OfType<string>().Distinct())
        {
            if (await verification.FilesAsync(needed, cancellationToken) is { Passed: false } broken)
                return Refused(new Refusal(StatusCodes.Status409Conflict, "Rollback not possible", $"Version '{needed}' cannot serve again: {broken.Detail} Production stays as it is."));
        }

        return await RunAsync(RegistryEdits.RollBack(to, production.Lineup, actor) with { Reason = reason }, cancellationToken);
    }

    /// <exception cref="Sql.DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<EditOutcome> StageAsync(
        string version, string stage, IReadOnlyCollection<string>? types, Reason? reason, string action, string actor, CancellationToken cancellationToken)
    {
        if (stage == ModelStages.Shadow)
        {
            var set = await definitions.ReadAsync(cancellationToken);
            if (set.Models.GetValueOrDefault(version)?.Value is not { } model)
                return Refused(Refusal.Unknown("model version", version, set.Models.Keys));
            if ((await GatesAsync(set, model, cancellationToken)).FirstOrDefault(static gate => gate is { Passed: false, MayOverride: false }) is { } closed)
                return Refused(new Refusal(StatusCodes.Status409Conflict, "Version refused", $"Version '{version}' cannot be scored beside production: {closed.Detail}."));
        }

        return await RunAsync(RegistryEdits.Stage(version, stage, types, action, actor) with { Reason = reason }, cancellationToken);
    }

    /// <summary>Stores an edit and serves it from here at once.</summary>
    /// <exception cref="Sql.DatabaseAwayException">Nothing was stored, or (a lost answer to the commit) all.</exception>
    public async Task<EditOutcome> RunAsync(Edit edit, CancellationToken cancellationToken)
    {
        var outcome = await transaction.RunAsync(edit, cancellationToken);
        if (outcome.Snapshot is { } snapshot)
            control.Take(snapshot);
        return outcome;
    }

    /// <summary>The version in production that it would take the place of.</summary>
    private static ModelManifest? Compared(DefinitionSet set, RegisteredModel model)
    {
        var replaced = model.Manifest.UsedFor.Select(set.Production.Value.Lineup.Of).OfType<string>().LastOrDefault(version => version != model.Version);
        return replaced is null ? null : set.Models.GetValueOrDefault(replaced)?.Value.Manifest;
    }

    private static Refusal? GateRefusal(string version, IReadOnlyList<ModelGate> gates, Reason? reason)
    {
        ModelGate[] failed = [.. gates.Where(static gate => !gate.Passed)];
        if (failed.Length == 0 || (reason is not null && failed.All(static gate => gate.MayOverride)))
            return null;
        var hint = failed.All(static gate => gate.MayOverride) ? " To activate it all the same, send override with kind and note: it goes into the audit log." : "";
        return new Refusal(
            StatusCodes.Status409Conflict, "Gate not passed",
            $"Version '{version}' is not activated, production stays as it is. {string.Join(" ", failed.Select(static gate => $"{gate.Name}: {gate.Detail.TrimEnd('.')}."))}{hint}")
        {
            More = new Dictionary<string, object?> { ["gates"] = gates.ToArray() },
        };
    }

    private static EditOutcome Refused(Refusal refusal) => new(DefinitionSet.Empty, null, refusal);
}
