using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Pages.Operation;

namespace Splitrail.ExperimentSvc.Pages.Models;

/// <summary>How loaded models behave, read from the metrics of one ranking-svc.</summary>
internal sealed class ServedModelReader(ServiceReader services)
{
    private const string Predictions = "splitrail_ranking_predictions_count";
    private const string ScoreDrift = "splitrail_ranking_score_drift";
    private const string FeatureDrift = "splitrail_ranking_feature_drift";
    private const string Calibration = "splitrail_ranking_calibration_error";
    private const string Shadows = "splitrail_ranking_shadow_requests_total";
    private const int MostFeatures = 3;

    /// <summary>Null when ranking-svc does not answer.</summary>
    public async Task<IReadOnlyList<ServedModel>?> ReadAsync(CancellationToken cancellationToken) =>
        await services.MetricsAsync(AppIds.Ranking, cancellationToken) is { } metrics ? Of(metrics) : null;

    private static ServedModel[] Of(MetricText metrics) =>
    [
        .. new[] { Predictions, ScoreDrift, Calibration, Shadows }.SelectMany(metrics.Of).Select(static sample => sample["model"]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Reverse()
            .Select(version => new ServedModel(
                version, metrics.Sum(Predictions, ("model", version)) ?? 0, metrics.Sum(ScoreDrift, ("model", version)), metrics.Sum(Calibration, ("model", version)),
                [
                    .. metrics.Of(FeatureDrift).Where(sample => sample["model"] == version).OrderByDescending(static sample => sample.Value).Take(MostFeatures)
                        .Select(static sample => (sample["feature"], sample.Value)),
                ],
                ShadowOf(metrics, version))),
    ];

    private static ShadowComparison? ShadowOf(MetricText metrics, string version)
    {
        if (metrics.Sum(Shadows, ("model", version)) is not { } all)
            return null;
        var scored = metrics.Sum(Shadows, ("model", version), ("outcome", "scored")) ?? 0;
        return new ShadowComparison(
            scored, all - scored, Mean(metrics, "splitrail_ranking_shadow_rank_correlation", version), Mean(metrics, "splitrail_ranking_shadow_top_overlap", version),
            Mean(metrics, "splitrail_ranking_shadow_score_difference", version));
    }

    private static double? Mean(MetricText metrics, string name, string version) =>
        metrics.Sum(name + "_sum", ("model", version)) / metrics.Sum(name + "_count", ("model", version)) is { } mean && double.IsFinite(mean) ? mean : null;
}
