namespace Splitrail.Benchmarks.Coverage;

/// <summary>Whether intervals hold the truth as often as they say, whether a split edit under a trend of time looks like an effect, and whether lost users are noticed.</summary>
internal sealed class CoverageBench : IBench
{
    private const int DefaultRuns = 20_000;

    public string Name => "coverage";

    public string Summary => "coverage of 95 % intervals, CUPED's gain, a split edit under a trend, and how soon a leak of users is reported";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["worst_error_points"] = new(Max: 0.5),
        ["cuped_error_share"] = new(Max: 0.02),
        ["epoch_bias_share"] = new(Max: 0.001),
        ["epoch_false_positive"] = new(Max: 0.05),
        ["srm_detect_users"] = new(Max: 40_000),
        ["srm_false_alarm_rate"] = new(Max: 0.001),
    };

    /// <summary>With any number of runs: three Monte Carlo errors are allowed beside the bars.</summary>
    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["worst_error_beyond_chance_points"] = new(Max: 0.5),
        ["cuped_error_share"] = new(Max: 0.02),
        ["epoch_bias_beyond_chance_share"] = new(Max: 0.001),
        ["epoch_false_positive"] = new(Max: 0.05),
        ["pooled_false_positive"] = new(Min: 0.9),
        ["srm_detect_users"] = new(Max: 40_000),
        ["srm_false_alarm_lower99"] = new(Max: 0.001),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run<IReadOnlyDictionary<string, double>>(
        () =>
        {
            var runs = request.Runs ?? DefaultRuns;
            var figures = new Dictionary<string, double> { ["runs"] = runs };
            IntervalCoverage.Record(figures, request, runs, cancellationToken);
            SplitEdit.Record(figures, request, runs, cancellationToken);
            UserLeak.Record(figures, request, runs, cancellationToken);
            return figures;
        },
        cancellationToken);
}
