using System.Diagnostics.Metrics;

namespace Splitrail.RankingSvc;

/// <summary>What an operator wants to know of this service beyond HTTP.</summary>
internal sealed class RankingMetrics
{
    public const string MeterName = "Splitrail.RankingSvc";

    private static readonly InstrumentAdvice<double> RunTimes = new()
    {
        HistogramBucketBoundaries = [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025],
    };

    private readonly Counter<long> _requests;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _checks;
    private readonly Counter<long> _reRanked;
    private readonly Counter<long> _explored;
    private readonly Counter<long> _rules;
    private readonly Histogram<double> _scoring;
    private readonly Histogram<double> _reRanking;
    private readonly Histogram<int> _candidates;
    private readonly Histogram<double> _runs;
    private readonly Histogram<double> _waits;
    private readonly Histogram<int> _rows;
    private readonly Histogram<int> _shared;
    private readonly Histogram<double> _predictions;

    public RankingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("splitrail.ranking.requests", "{request}", "Requests answered, by outcome.");
        _fallbacks = meter.CreateCounter<long>(
            "splitrail.ranking.fallbacks", "{request}", "Requests served otherwise than asked, by reason: unknown_ranker, unknown_re_ranker, unknown_rule, no_ranker, other_model.");
        _loads = meter.CreateCounter<long>("splitrail.ranking.model_loads", "{load}", "Attempts to load a model, by outcome: loaded, failed.");
        _checks = meter.CreateCounter<long>(
            "splitrail.ranking.model_checks", "{check}", "Models opened in a process of their own, by outcome: accepted, refused.");
        _reRanked = meter.CreateCounter<long>("splitrail.ranking.reranked", "{request}", "Re-rankers applied, by re_ranker.");
        _rules = meter.CreateCounter<long>(
            "splitrail.ranking.rules", "{request}", "Business rules that held for a request, by kind and outcome: applied, nothing_meant, skipped.");
        _explored = meter.CreateCounter<long>("splitrail.ranking.explored", "{item}", "Places that were given to new items by exploration.");
        _reRanking = meter.CreateHistogram<double>("splitrail.ranking.reranking.duration", "s", "Time from a request's scores to its list: weights, rules, re-rankers.");
        _scoring = meter.CreateHistogram<double>(
            "splitrail.ranking.scoring.duration", "s", "Time from a request's candidates to their scores: features, the wait for a slot and the model.");
        _candidates = meter.CreateHistogram(
            "splitrail.ranking.candidates", "{candidate}", "Candidates per request that passed the filters.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 10, 50, 100, 150, 200, 250, 300, 400, 500, 1000, 2000] });
        _runs = meter.CreateHistogram<double>("splitrail.ranking.run.duration", "s", "Time in ONNX Runtime per run.", advice: RunTimes);
        _predictions = meter.CreateHistogram<double>(
            "splitrail.ranking.predictions", null, "Scores of a part of the candidates, by model.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9] });
        _waits = meter.CreateHistogram<double>("splitrail.ranking.batch.wait", "s", "Time that a request waited for a run that it shared.", advice: RunTimes);
        _rows = meter.CreateHistogram<int>("splitrail.ranking.run.rows", "{candidate}", "Candidates per run.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 8, 32, 64, 128, 256, 512, 1024] });
        _shared = meter.CreateHistogram<int>("splitrail.ranking.batch.requests", "{request}", "Requests per run that was waited for.", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32] });
    }

    public void Run(int rows, TimeSpan elapsed)
    {
        _rows.Record(rows);
        _runs.Record(elapsed.TotalSeconds);
    }

    public void Predicted(string model, float score) => _predictions.Record(score, new KeyValuePair<string, object?>("model", model));

    public void Waited(TimeSpan elapsed) => _waits.Record(elapsed.TotalSeconds);

    public void Shared(int requests) => _shared.Record(requests);

    public void Request(string outcome) => _requests.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Fallback(string reason) => _fallbacks.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void ModelLoad(string outcome) => _loads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void ModelCheck(string outcome) => _checks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Scored(TimeSpan elapsed) => _scoring.Record(elapsed.TotalSeconds);

    public void ReRanked(string reRanker) => _reRanked.Add(1, new KeyValuePair<string, object?>("re_ranker", reRanker));

    public void Rule(string kind, string outcome) =>
        _rules.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));

    public void Explored(int items) => _explored.Add(items);

    public void Ordered(TimeSpan elapsed) => _reRanking.Record(elapsed.TotalSeconds);

    public void Candidates(int count) => _candidates.Record(count);
}
