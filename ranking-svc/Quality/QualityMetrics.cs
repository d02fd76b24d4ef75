using System.Diagnostics.Metrics;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Quality;

/// <summary>Gauges of the loaded models; docs/operations.md says what to do about them.</summary>
internal sealed class QualityMetrics
{
    private readonly ServingModels _models;

    public QualityMetrics(IMeterFactory meters, ServingModels models)
    {
        _models = models;
        var meter = meters.Create(RankingMetrics.MeterName);
        meter.CreateObservableGauge(
            "splitrail.ranking.feature_drift", FeatureDrift, null, "Population stability index of a feature against training, by model and feature.");
        meter.CreateObservableGauge("splitrail.ranking.score_drift", ScoreDrift, null, "Population stability index of the scores against training, by model.");
        meter.CreateObservableGauge(
            "splitrail.ranking.calibration_error", CalibrationError, null, "Mean |predicted - observed| over ten groups on contexts that training left out, by model.");
    }

    private IEnumerable<Measurement<double>> FeatureDrift() =>
        from state in _models.Current.Loaded
        from drift in state.Quality?.FeatureDrift() ?? []
        select new Measurement<double>(drift.Index, Tag("model", state.Version), Tag("feature", drift.Feature));

    private IEnumerable<Measurement<double>> ScoreDrift() =>
        from state in _models.Current.Loaded
        let drift = state.Quality?.ScoreDrift()
        where drift is not null
        select new Measurement<double>(drift.Value, Tag("model", state.Version));

    private IEnumerable<Measurement<double>> CalibrationError() =>
        from state in _models.Current.Loaded
        let card = state.Bundle.Manifest.Ranker
        where card is not null
        select new Measurement<double>(card.CalibrationError, Tag("model", state.Version));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
