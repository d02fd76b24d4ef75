using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>Changes of the registry, decided on what it is at the moment of their transaction. Whether files and gates allow them was asked before.</summary>
internal static class RegistryEdits
{
    /// <summary>A version that is on the volume.</summary>
    public static Edit Register(JsonElement manifest, string actor) => new("publish", actor, (set, moment) =>
    {
        var model = RegisteredModel.Of(manifest, moment.NowMs);
        if (set.Layers.Count == 0)
            return NothingYet;
        if (set.Models.GetValueOrDefault(model.Version)?.Value is not { } held)
            return set.With(model);
        if (!JsonElement.DeepEquals(held.ManifestJson, manifest))
            return Conflict("Version exists", $"Version '{model.Version}' was published with another content: a version never changes. Publish under another name.");
        return held.Files switch
        {
            ModelFilesState.Gone => set.With(held.WithFiles(ModelFilesState.Present)),
            ModelFilesState.Deleted => Conflict("Version deleted", $"Version '{model.Version}' was deleted by retention. Publish under another name."),
            _ => set,
        };
    });

    /// <param name="version">The version.</param>
    /// <param name="types">Of its types; null for all.</param>
    /// <param name="looked">Production as the gates saw it.</param>
    /// <param name="watched">How long the change is watched.</param>
    /// <param name="actor">Who.</param>
    /// <param name="byFile">active.json asks for it: what it says is followed once.</param>
    public static Edit Activate(string version, IReadOnlyCollection<string>? types, ModelLineup looked, TimeSpan watched, string actor, bool byFile = false) => new("activate", actor, (set, moment) =>
    {
        if (set.Layers.Count == 0)
            return NothingYet;
        if (set.Models.GetValueOrDefault(version)?.Value is not { } model)
            return Refusal.Unknown("model version", version, set.Models.Keys);
        if (NotOf(model, types) is { } other)
            return other;
        var production = set.Production.Value with { FollowedFile = byFile ? version : set.Production.Value.FollowedFile };
        if (production.Lineup != looked)
            return Conflict("Production changed", "Another version went into production meanwhile: look again.") with { IsTransient = true };
        var next = LineupRules.Beside(set, production.Lineup, version, types ?? model.Manifest.UsedFor);
        if (LineupRules.FaultOf(set, next) is { } fault)
            return Conflict("Models do not fit", $"Version '{version}' cannot be activated: {fault}.");
        return next == production.Lineup ? set.With(production) : Changed(set, production.Activate(next, moment.NowMs, watched));
    });

    /// <param name="to">An earlier lineup.</param>
    /// <param name="looked">Production as the caller saw it.</param>
    /// <param name="actor">Who.</param>
    public static Edit RollBack(ModelLineup to, ModelLineup looked, string actor) => new("rollback", actor, (set, moment) =>
    {
        var production = set.Production.Value;
        if (production.Lineup != looked)
            return Conflict("Production changed", "Another version went into production meanwhile: look again.") with { IsTransient = true };
        if (LineupRules.FaultOf(set, to) is { } fault)
            return Conflict("Rollback not possible", $"What served before cannot serve again: {fault}. Production stays as it is.");
        return Changed(set, production.RollBack(to, moment.NowMs));
    });

    /// <summary>Candidate, shadow or archived: production is reached by activation only.</summary>
    public static Edit Stage(string version, string stage, IReadOnlyCollection<string>? types, string action, string actor) => new(action, actor, (set, _) =>
    {
        if (set.Models.GetValueOrDefault(version)?.Value is not { } model)
            return Refusal.Unknown("model version", version, set.Models.Keys);
        if (NotOf(model, types) is { } other)
            return other;
        string[] wanted = [.. types ?? model.Manifest.UsedFor];
        if (wanted.FirstOrDefault(type => model.Stages.GetValueOrDefault(type) == ModelStages.Production) is { } served)
            return Conflict("In production", $"Version '{version}' is in production ({served}): activate another one first, or roll back.");
        if (stage == ModelStages.Archived && LineupRules.ArmsOf(set).Contains(version))
            return Conflict("In an experiment", $"An arm of a running experiment names version '{version}': end it first.");
        if (stage != ModelStages.Archived && model.Files != ModelFilesState.Present)
            return Conflict("Files missing", $"The files of version '{version}' are {model.Files}.");
        return set.With(model.With(wanted, stage));
    });

    /// <summary>What the volume has of a version.</summary>
    public static Edit Files(string version, string state, string actor) => new("files", actor, (set, _) =>
    {
        if (set.Models.GetValueOrDefault(version)?.Value is not { } model || model.Files == ModelFilesState.Deleted)
            return set;
        if (state == ModelFilesState.Deleted && ModelRetention.Needed(set).Contains(version))
            return Conflict("Version needed", $"Version '{version}' is needed again.");
        return set.With(model.WithFiles(state));
    });

    /// <summary>The watched time is over.</summary>
    public static Edit EndWatch(ModelLineup looked, string actor) => new("watch_ended", actor, (set, _) =>
        set.Production.Value.Lineup == looked ? set.With(set.Production.Value with { Watch = null }) : set);

    private static Refusal? NotOf(RegisteredModel model, IReadOnlyCollection<string>? types) =>
        types?.FirstOrDefault(type => !model.Manifest.UsedFor.Contains(type)) is { } other
            ? Refusal.Bad("types", other, $"is no type of version '{model.Version}', which is of {string.Join(" and ", model.Manifest.UsedFor)}")
            : null;

    private static Refusal NothingYet { get; } = new Refusal(
        StatusCodes.Status409Conflict, "No definitions yet", "There are no experiments' definitions yet, and without them no snapshot: try again in a moment, or see /health.") with { IsTransient = true };

    private static Refusal Conflict(string title, string detail) => new(StatusCodes.Status409Conflict, title, detail);

    /// <summary>Stages follow production: exactly one version of a type has it.</summary>
    private static DefinitionSet Changed(DefinitionSet set, ProductionState next)
    {
        var before = set.Production.Value.Lineup;
        foreach (var type in ModelTypes.All)
        {
            var (left, taken) = (before.Of(type), next.Lineup.Of(type));
            if (left == taken)
                continue;
            if (left is not null && set.Models.GetValueOrDefault(left)?.Value is { } old)
                set = set.With(old.With([type], ModelStages.Archived));
            if (taken is not null)
                set = set.With(set.Models[taken].Value.With([type], ModelStages.Production));
        }

        return set.With(next);
    }
}
