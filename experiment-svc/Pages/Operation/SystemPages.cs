using System.Globalization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Pages.Operation;

/// <summary>What the system page shows: how the services are, and what one gateway has counted since it started.</summary>
internal sealed class SystemPages(ServiceReader services)
{
    private const string Answers = "splitrail_recommendation_duration_seconds";
    private const string Stages = "splitrail_stage_duration_seconds";

    /// <summary>Counters of what was turned away or lost, with what each is in words.</summary>
    private static readonly (string Metric, string Words)[] s_limits =
    [
        ("splitrail_limits_refused_total", "requests turned away, because one client sent too many"),
        ("splitrail_limits_abuse_total", "clients that went on all the same, once a minute each"),
        ("splitrail_exposures_dropped_total", "exposures lost, because the broker was away for too long"),
        ("splitrail_impressions_dropped_total", "served lists not logged, because the queue was full"),
        ("splitrail_dapr_client_faults_total", "calls through the sidecar without an answer"),
        ("splitrail_recommendation_fallback_total", "lists with less than all stages"),
        ("splitrail_proxy_faults_total", "calls of this console and its API that were not answered"),
    ];

    /// <summary>All that is read as a limit or a loss, as Prometheus names it.</summary>
    public static IEnumerable<string> LimitMetrics => s_limits.Select(static limit => limit.Metric);

    public async Task<SystemModel> ReadAsync(CancellationToken cancellationToken)
    {
        var (health, caches, asked) = (services.HealthAsync(cancellationToken), services.CachesAsync(cancellationToken), services.MetricsAsync(AppIds.Gateway, cancellationToken));
        var metrics = await asked;
        return new SystemModel(await health, await caches, metrics is null ? null : LevelsOf(metrics), StagesOf(metrics ?? MetricText.Empty), LimitsOf(metrics ?? MetricText.Empty));
    }

    private static LevelRow[] LevelsOf(MetricText metrics)
    {
        var counts = metrics.Of(Answers + "_count").GroupBy(static sample => sample["level"]).Select(static level => (Level: level.Key, Count: level.Sum(static sample => sample.Value))).ToArray();
        var all = counts.Sum(static level => level.Count);
        return
        [
            .. counts.Where(static level => int.TryParse(level.Level, out _)).OrderBy(static level => level.Level, StringComparer.Ordinal).Select(level => new LevelRow(
                int.Parse(level.Level, CultureInfo.InvariantCulture), level.Count, all > 0 ? level.Count / all : 0,
                metrics.Quantile(Answers, 0.5, ("level", level.Level)), metrics.Quantile(Answers, 0.99, ("level", level.Level)))),
        ];
    }

    private static StageRow[] StagesOf(MetricText metrics) =>
    [
        .. metrics.Of(Stages + "_count").GroupBy(static sample => sample["stage"]).OrderBy(static stage => stage.Key, StringComparer.Ordinal).Select(stage => new StageRow(
            stage.Key, stage.Sum(static sample => sample.Value), stage.Where(static sample => sample["outcome"] != "success").Sum(static sample => sample.Value),
            metrics.Quantile(Stages, 0.99, ("stage", stage.Key), ("outcome", "success")))),
    ];

    private static LimitRow[] LimitsOf(MetricText metrics) =>
    [
        .. from limit in s_limits
           from sample in metrics.Of(limit.Metric)
           where sample.Value > 0
           select new LimitRow(limit.Words, LimitWords.Of(sample.Labels), sample.Value),
    ];
}
