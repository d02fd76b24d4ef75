using System.Diagnostics.Metrics;

namespace Splitrail.RankingSvc.Shadows;

/// <summary>How the models in the shadow differ from what is served; versions are few at a time.</summary>
internal sealed class ShadowMetrics
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _correlation;
    private readonly Histogram<double> _difference;
    private readonly Histogram<double> _overlap;

    public ShadowMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(RankingMetrics.MeterName);
        _requests = meter.CreateCounter<long>(
            "splitrail.ranking.shadow.requests", "{request}",
            "Requests that were to be scored in the shadow, by model and outcome: scored, dropped, not_loaded, other_family, no_ranker, failed.");
        _correlation = meter.CreateHistogram<double>(
            "splitrail.ranking.shadow.rank_correlation", null, "Spearman's correlation of a request's scores in the shadow and as served.",
            advice: Buckets(-0.5, 0, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1));
        _difference = meter.CreateHistogram<double>(
            "splitrail.ranking.shadow.score_difference", null, "Mean score of a request's candidates in the shadow minus as served.",
            advice: Buckets(-0.3, -0.1, -0.03, -0.01, -0.003, 0, 0.003, 0.01, 0.03, 0.1, 0.3));
        _overlap = meter.CreateHistogram<double>(
            "splitrail.ranking.shadow.top_overlap", null, "Share of the ten best that the shadow has in common with what was served.",
            advice: Buckets(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1));
    }

    public void Count(string model, string outcome) => _requests.Add(1, Model(model), new KeyValuePair<string, object?>("outcome", outcome));

    public void Compared(string model, in ScoreComparison comparison)
    {
        Count(model, "scored");
        _correlation.Record(comparison.RankCorrelation, Model(model));
        _difference.Record(comparison.MeanDifference, Model(model));
        _overlap.Record(comparison.TopOverlap, Model(model));
    }

    private static InstrumentAdvice<double> Buckets(params double[] edges) => new() { HistogramBucketBoundaries = edges };

    private static KeyValuePair<string, object?> Model(string version) => new("model", version);
}
