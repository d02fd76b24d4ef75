using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Merchandising;

/// <summary>Edits of business rules and ranking weights.</summary>
internal static class MerchandisingEdits
{
    /// <param name="id">As in the path.</param>
    /// <param name="body">All that the owner writes.</param>
    /// <param name="version">The version he edited; null creates.</param>
    /// <param name="actor">Who.</param>
    public static Edit SaveRule(string id, DefinedRule body, long? version, string actor) => new(version is null ? "create" : "edit", actor, (set, _) =>
    {
        if (body.Id.Length > 0 && body.Id != id)
            return Refusal.Bad("id", body.Id, $"must be {BadInput.Show(id)}, as in the path, or left out: an id cannot change");
        var (wanted, faults) = (body with { Id = id }, new Faults());
        RuleChecks.Check(wanted, faults);
        if (!faults.None)
            return Refusal.Bad(faults.All);
        if (OfVersion("Rule", id, set.Merchandising.Find(id)?.Version, version) is { } stale)
            return stale;
        if (version is null && set.Merchandising.Live.Count() >= RuleChecks.MostRules)
            return new Refusal(StatusCodes.Status409Conflict, "Too many rules", $"There are {RuleChecks.MostRules} rules already, and every request asks each of them: delete one first.");
        return set with { Merchandising = set.Merchandising.With(new RuleRecord(wanted)) };
    })
    {
        IsOfFile = false,
    };

    public static Edit DeleteRule(string id, long version, string actor) => new("delete", actor, (set, _) =>
    {
        if (set.Merchandising.Find(id) is not { } held)
            return UnknownRule(set, id);
        if (held.Version != version)
            return Conflicts.Stale($"Rule '{id}'", held.Version, version);
        return set with { Merchandising = set.Merchandising.With(held.Value with { Deleted = true }) };
    })
    {
        IsOfFile = false,
    };

    public static Edit SaveWeights(string category, DefinedWeights body, long? version, string actor) => new(version is null ? "create" : "edit", actor, (set, _) =>
    {
        var faults = new Faults();
        WeightChecks.Check(category, body, faults);
        if (!faults.None)
            return Refusal.Bad(faults.All);
        if (OfVersion("Weights of", category, VersionOf(set, category), version) is { } stale)
            return stale;
        if (version is null && set.Merchandising.Weights.Count >= WeightChecks.MostCategories)
            return new Refusal(StatusCodes.Status409Conflict, "Too many categories", $"{WeightChecks.MostCategories} categories have had weights of their own already: set the global ones.");
        return set with { Merchandising = set.Merchandising.With(category, new WeightsRecord(body)) };
    })
    {
        IsOfFile = false,
    };

    public static Edit DeleteWeights(string category, long version, string actor) => new("delete", actor, (set, _) =>
    {
        if (VersionOf(set, category) is not { } current)
            return new Refusal(StatusCodes.Status404NotFound, "No weights", $"{BadInput.Show(category)} has no weights of its own: the global ones hold.");
        if (current != version)
            return Conflicts.Stale($"Weights of '{category}'", current, version);
        return set with { Merchandising = set.Merchandising.With(category, new WeightsRecord(null)) };
    })
    {
        IsOfFile = false,
    };

    public static Refusal UnknownRule(DefinitionSet set, string id) => Refusal.Unknown("rule", id, set.Merchandising.Live.Select(static held => held.Value.Definition.Id).Take(20));

    private static long? VersionOf(DefinitionSet set, string category) => set.Merchandising.Weights.GetValueOrDefault(category) is { Value.Weights: not null } held ? held.Version : null;

    private static Refusal? OfVersion(string what, string id, long? current, long? edited) => (current, edited) switch
    {
        (null, null) => null,
        (null, { } gone) => new Refusal(
            StatusCodes.Status409Conflict, "Edited by somebody else", $"{what} '{id}' is not there (any more), and you edited its version {gone}: leave If-Match out to create it."),
        ({ } there, null) => new Refusal(
            StatusCodes.Status428PreconditionRequired,
            "If-Match missing",
            $"{what} '{id}' exists in version {there}. Say which version you edited, so that nobody's edit is lost: send the ETag that came with it, such as If-Match: \"{there}\"."),
        ({ } there, { } mine) => there == mine ? null : Conflicts.Stale($"{what} '{id}'", there, mine),
    };
}
