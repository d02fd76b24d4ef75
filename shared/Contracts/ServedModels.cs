namespace Splitrail.Contracts;

/// <summary>What a model version is used for. A version can be of several types.</summary>
public static class ModelTypes
{
    public const string Candidate = "candidate";
    public const string Ranking = "ranking";
    public const string Embedding = "embedding";

    public static IReadOnlyList<string> All { get; } = [Candidate, Ranking, Embedding];
}

/// <summary>
/// Versions that serve one request together. experiment-svc names only what fits: a ranker beside candidates it was not made for is in no snapshot (docs/decisions/0025).
/// </summary>
/// <param name="Candidate">Makes the candidates; null for none.</param>
/// <param name="Ranking">Ranks them; the same version as <paramref name="Candidate"/> for one that holds both.</param>
/// <param name="Embedding">Vectors of items beside the candidates; null for none.</param>
public sealed record ModelLineup(string? Candidate, string? Ranking, string? Embedding = null)
{
    public static ModelLineup None { get; } = new(null, null);

    public string? Of(string type) => type switch
    {
        ModelTypes.Candidate => Candidate,
        ModelTypes.Ranking => Ranking,
        ModelTypes.Embedding => Embedding,
        _ => null,
    };
}

/// <param name="Version">As <see cref="ArmParameters.Model"/> names it.</param>
/// <param name="Lineup">What serves its users.</param>
public sealed record ArmModel(string Version, ModelLineup Lineup);

/// <param name="Type">One of <see cref="ModelTypes"/>.</param>
/// <param name="Version">Scores beside production and is never served.</param>
public sealed record ShadowModel(string Type, string Version);

/// <summary>Which models serve, of one snapshot.</summary>
/// <param name="Production">For everybody whose arm names no model.</param>
/// <param name="Previous">Was in production before and is kept loaded: a rollback does not wait for files, and requests under way end on it.</param>
/// <param name="Arms">By version; null for none.</param>
/// <param name="Shadows">Null for none.</param>
public sealed record ServedModels(
    ModelLineup Production, ModelLineup? Previous = null, IReadOnlyList<ArmModel>? Arms = null, IReadOnlyList<ShadowModel>? Shadows = null)
{
    public static ServedModels None { get; } = new(ModelLineup.None);

    /// <summary>A snapshot of an older release names one version for all.</summary>
    public static ServedModels Of(ControlSnapshot? snapshot) =>
        snapshot?.Models ?? (snapshot?.ActiveModel is { } active ? new ServedModels(new ModelLineup(active, active)) : None);

    /// <param name="model">An arm's <see cref="ArmParameters.Model"/>; null, or one that this snapshot does not know, is production.</param>
    public ModelLineup LineupFor(string? model)
    {
        if (model is null || Arms is null)
            return Production;
        foreach (var arm in Arms)
        {
            if (arm.Version == model)
                return arm.Lineup;
        }

        return Production;
    }

    /// <summary>Versions of a type, the most needed first: who cannot keep all leaves out the last.</summary>
    public IReadOnlyList<string> WantedOf(string type) =>
    [
        .. new[] { Production.Of(type) }
            .Concat((Arms ?? []).Select(arm => arm.Lineup.Of(type)))
            .Append(Previous?.Of(type))
            .Concat((Shadows ?? []).Where(shadow => shadow.Type == type).Select(static shadow => shadow.Version))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Which loaded version ranks candidates of a version: the wanted one when both are one lineup, else the one that is in a lineup with them, else their own. Never one that was not made for them.
    /// </summary>
    /// <param name="candidates">The version that made the candidates; null when its service does not say.</param>
    /// <param name="wanted">The version the caller's snapshot names; null for production.</param>
    /// <param name="isLoaded">Whether a ranking version can be used now.</param>
    /// <returns>Null when none can be used.</returns>
    public string? RankerFor(string? candidates, string? wanted, Func<string, bool> isLoaded)
    {
        candidates ??= Production.Candidate;
        wanted ??= Production.Ranking;
        if (wanted is not null && Pairs(candidates, wanted) && isLoaded(wanted))
            return wanted;
        foreach (var lineup in Lineups())
        {
            if (lineup.Candidate == candidates && lineup.Ranking is { } paired && isLoaded(paired))
                return paired;
        }

        return candidates is not null && isLoaded(candidates) ? candidates : null;
    }

    private bool Pairs(string? candidates, string ranking)
    {
        if (candidates == ranking)
            return true;
        foreach (var lineup in Lineups())
        {
            if (lineup.Candidate == candidates && lineup.Ranking == ranking)
                return true;
        }

        return false;
    }

    private IEnumerable<ModelLineup> Lineups()
    {
        yield return Production;
        if (Previous is not null)
            yield return Previous;
        foreach (var arm in Arms ?? [])
            yield return arm.Lineup;
    }
}
