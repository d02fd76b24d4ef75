using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>Edits of layers, the global holdout and flags.</summary>
internal static class SettingEdits
{
    public static Edit CreateLayer(DefinedLayer body, string actor) => new("create", actor, (set, _) =>
    {
        var wanted = body.Seed.Length == 0 ? body with { Seed = body.Id } : body;
        if (FaultsOf(wanted) is { } bad)
            return bad;
        if (set.Layers.ContainsKey(wanted.Id))
            return new Refusal(StatusCodes.Status409Conflict, "Layer exists", $"There is a layer '{wanted.Id}' already: save it with PUT, or choose another id.");
        return set.With(wanted);
    });

    public static Edit SaveLayer(string id, DefinedLayer body, long version, string actor) => new("edit", actor, (set, _) =>
    {
        if (!set.Layers.TryGetValue(id, out var held))
            return Refusal.Unknown("layer", id, set.Layers.Keys);
        if (held.Version != version)
            return Conflicts.Stale($"Layer '{id}'", held.Version, version);
        if (body.Id != id)
            return Refusal.Bad("id", body.Id, $"must be {BadInput.Show(id)}, as in the path: an id cannot change");
        if (FaultsOf(body) is { } bad)
            return bad;
        if (!body.DealsAs(held.Value) && set.RunningIn(id).Any())
        {
            var running = string.Join(", ", set.RunningIn(id).Select(static record => record.Id));
            return new Refusal(
                StatusCodes.Status409Conflict,
                "Layer in use",
                $"Another seed, hash or unit deals all users of layer '{id}' anew, and {running} run in it: end or pause them first, or create another layer.");
        }

        return set.With(body);
    });

    public static Edit SaveHoldout(DefinedHoldout body, long version, string actor) => new("edit", actor, (set, _) =>
    {
        if (set.Holdout.Version != version)
            return Conflicts.Stale("The global holdout", set.Holdout.Version, version);
        var faults = new Faults();
        LayerRules.Check(body, "", faults);
        return faults.None ? set with { Holdout = set.Holdout with { Value = body } } : Refusal.Bad(faults.All);
    });

    public static Edit SaveFlags(FlagSet body, long version, string actor) => new("edit", actor, (set, _) =>
    {
        if (set.Flags.Version != version)
            return Conflicts.Stale("The set of flags", set.Flags.Version, version);
        var faults = new Faults();
        LayerRules.Check(body.Flags, "flags", faults);
        return faults.None ? set with { Flags = set.Flags with { Value = Sorted(body.Flags) } } : Refusal.Bad(faults.All);
    });

    /// <summary>In one order, so that the same flags are the same content.</summary>
    public static FlagSet Sorted(IReadOnlyDictionary<string, bool> flags) =>
        new() { Flags = new SortedDictionary<string, bool>(flags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) };

    private static Refusal? FaultsOf(DefinedLayer layer)
    {
        var faults = new Faults();
        LayerRules.Check(layer, "", faults);
        return faults.None ? null : Refusal.Bad(faults.All);
    }
}
