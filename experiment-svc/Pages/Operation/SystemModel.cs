namespace Splitrail.ExperimentSvc.Pages.Operation;

/// <param name="Services">All five, in the order of a request.</param>
/// <param name="Caches">Of one gateway; null when it does not answer.</param>
/// <param name="Levels">Its answers; null when it does not answer.</param>
/// <param name="Stages">What they were made of.</param>
/// <param name="Limits">What it turned away, dropped or waited for.</param>
public sealed record SystemModel(
    IReadOnlyList<ServiceHealth> Services, IReadOnlyList<CacheRow>? Caches, IReadOnlyList<LevelRow>? Levels, IReadOnlyList<StageRow> Stages, IReadOnlyList<LimitRow> Limits);

/// <param name="App">Its app id.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>away</c>.</param>
/// <param name="Checks">What it leans on.</param>
/// <param name="Why">Why it is away; null otherwise.</param>
public sealed record ServiceHealth(string App, string Status, IReadOnlyList<HealthCheck> Checks, string? Why)
{
    internal static ServiceHealth Away(string app, string why) => new(app, "away", [], why);
}

public sealed record HealthCheck(string Name, bool IsHealthy, string Detail);

/// <param name="Name">The cache.</param>
/// <param name="IsOn">False when a setting or the kill switch turned it off.</param>
/// <param name="Hits">Since the start.</param>
/// <param name="Misses">Since the start.</param>
/// <param name="Size">Entries now.</param>
/// <param name="Capacity">Entries at most.</param>
/// <param name="TtlSeconds">How long one is kept.</param>
public sealed record CacheRow(string Name, bool IsOn, long Hits, long Misses, long Size, long Capacity, double TtlSeconds)
{
    public double? HitRate => Hits + Misses == 0 ? null : (double)Hits / (Hits + Misses);
}

/// <param name="Level">0 is all that there is.</param>
/// <param name="Answers">Since the start.</param>
/// <param name="Share">Of all answers.</param>
/// <param name="P50">Seconds; null while none was given.</param>
/// <param name="P99">Seconds; null when beyond the last edge of the histogram.</param>
public sealed record LevelRow(int Level, double Answers, double Share, double? P50, double? P99);

/// <param name="Name">The stage.</param>
/// <param name="Calls">Since the start.</param>
/// <param name="Failed">Of these without success.</param>
/// <param name="P99">Seconds, of those with success.</param>
public sealed record StageRow(string Name, double Calls, double Failed, double? P99);

/// <param name="Name">What was limited.</param>
/// <param name="Detail">Which part of it.</param>
/// <param name="Count">Since the start.</param>
public sealed record LimitRow(string Name, string Detail, double Count);
