using System.Diagnostics.Metrics;
using Splitrail.Models;

namespace Splitrail.CandidateSvc;

/// <summary>What an operator wants to know of this service beyond HTTP.</summary>
internal sealed class CandidateMetrics
{
    public const string MeterName = "Splitrail.CandidateSvc";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _fallbacks;
    private readonly Counter<long> _loads;
    private readonly Gauge<long> _trained;
    private readonly Gauge<double> _training;
    private readonly Counter<long> _embeddingLoads;
    private readonly Counter<long> _searchUpdates;
    private readonly Histogram<int> _candidates;

    public CandidateMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("splitrail.candidate.requests", "{request}", "Requests answered, by list (candidates, similar, popular, search) and outcome.");
        _fallbacks = meter.CreateCounter<long>("splitrail.candidate.fallbacks", "{request}", "Requests served otherwise than asked, by reason: unknown_mix, unknown_model (not loaded here), embedding_similar, content_similar, search_popular, no_ratings (could not be predicted).");
        _trained = meter.CreateGauge<long>("splitrail.model.trained", "s", "When the model in production was learned, in Unix time.");
        _training = meter.CreateGauge<double>("splitrail.model.training.duration", "s", "How long the training of the model in production took.");
        _loads = meter.CreateCounter<long>("splitrail.candidate.model_loads", "{load}", "Attempts to load a model, by outcome: loaded, failed.");
        _embeddingLoads = meter.CreateCounter<long>("splitrail.candidate.embedding_loads", "{load}", "Attempts to load embeddings, by outcome: loaded, failed.");
        _searchUpdates = meter.CreateCounter<long>("splitrail.candidate.search_updates", "{update}", "Catalogue versions taken into the search index, by what was made anew: columns, texts, all.");
        _candidates = meter.CreateHistogram<int>("splitrail.candidate.candidates", "{candidate}", "Candidates per request.");
    }

    public void Request(string list, string outcome) =>
        _requests.Add(1, new KeyValuePair<string, object?>("list", list), new KeyValuePair<string, object?>("outcome", outcome));

    public void Fallback(string reason) => _fallbacks.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>It is the model in production now.</summary>
    public void Serves(ModelManifest manifest)
    {
        _trained.Record(manifest.TrainedAt.ToUnixTimeSeconds());
        if (manifest.TrainingSeconds is { } seconds)
            _training.Record(seconds);
    }

    public void ModelLoad(string outcome) => _loads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void EmbeddingLoad(string outcome) => _embeddingLoads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void SearchUpdate(string what) => _searchUpdates.Add(1, new KeyValuePair<string, object?>("what", what));

    public void Candidates(int count) => _candidates.Record(count);
}
