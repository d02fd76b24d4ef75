using System.Globalization;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;
using Splitrail.Trainer.Evaluation;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Impressions;
using Splitrail.Trainer.Ranker.Quantised;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Trainer.Training;

/// <summary>Makes a model version of a dataset: ranker on the past, retrieval models on everything, published in one rename.</summary>
internal sealed class ModelTraining(TimeProvider time, IWorkLog log)
{
    /// <exception cref="DatasetException">The dataset cannot be read.</exception>
    /// <exception cref="ModelException">The version is there already.</exception>
    public ModelManifest Run(DatasetFolder dataset, ModelStore store, ModelTrainingOptions options)
    {
        var started = time.GetTimestamp();
        var version = options.Version ?? VersionOf(time.GetUtcNow(), dataset.Manifest.Fingerprint);
        using var draft = store.Draft(version);
        var (events, interactions) = Read(dataset);
        TrainingChecks.Require(interactions, dataset.Path);
        var asOfMs = dataset.Manifest.LastEventMs + 1;
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var ranker = LearnRanker(events, interactions, options, metrics) is { } learnt ? RankerFiles.Write(draft.Folder, learnt, options.Precision, options.Quantisation) : null;
        var model = WithRatings(Retrieval("training retrieval on all events", interactions, asOfMs, options), interactions, options.Retrieval.Ratings);
        RetrievalFiles.Write(draft.Folder, model);
        AlsIndex.Write(draft.Folder, model.Als, new VectorIndexOptions());
        var manifest = draft.Commit(new ModelManifest(
            version, time.GetUtcNow(), dataset.Manifest.Name, dataset.Manifest.Fingerprint, ShopFeatures.Set.Name,
            model.Items.Count, events.Length, asOfMs, [], metrics, options.Retrieval.ToHyperParameters())
        {
            Ranker = ranker,
            TrainingSeconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 1),
        });
        if (options.Activate)
            store.Activate(version);
        return manifest;
    }

    private (EventRow[] Events, InteractionLog Interactions) Read(DatasetFolder dataset)
    {
        using var step = log.Step($"reading {dataset.Path}");
        var events = dataset.ReadEvents().ToArray();
        return (events, InteractionLog.From([.. dataset.ReadItems()], events));
    }

    private RankerOutcome? LearnRanker(EventRow[] events, InteractionLog interactions, ModelTrainingOptions options, SortedDictionary<string, double> metrics)
    {
        using var step = log.Step($"learning the ranker ({options.Ranker})");
        RetrievalModel? latest = null;
        var ranker = RankerTraining.Run(events, FitBefore, new RankerTrainingOptions(options.Ranker, options.Retrieval.Als.Seed) { Impressions = options.Impressions }, step.Say);
        Measure(events, latest, metrics);
        if (ranker is null)
            // A shop of a few events still gets candidates in their own order; the model folder shows that no ranker is there.
            log.Step("no ranker: too few events to learn one from").Dispose();
        return ranker;

        RetrievalModel FitBefore(long cutoffMs)
        {
            var model = RetrievalTrainer.Train(interactions, cutoffMs, options.Retrieval);
            if (latest is null || latest.Statistics.AsOfMs < cutoffMs)
                latest = model;
            return model;
        }
    }

    /// <summary>What the single sources reach on the future of the last cut-off. The ranker has learnt from that future, so it is not measured here.</summary>
    private static void Measure(EventRow[] events, RetrievalModel? model, SortedDictionary<string, double> metrics)
    {
        if (model is null)
            return;
        var users = new TemporalSplit(events, model.Statistics.AsOfMs).Users();
        if (users.Count == 0)
            return;
        var recommenders = new Recommenders(new CandidateGenerator(model));
        foreach (var name in new[] { Recommenders.Popularity, Recommenders.ItemToItem, Recommenders.Als })
            metrics[$"ndcg_at_10_{name}"] = Math.Round(QualityRun.Of(users, model.Items, recommenders.Single(name)).Ndcg, 4);
    }

    private RetrievalModel Retrieval(string title, InteractionLog interactions, long asOfMs, ModelTrainingOptions options)
    {
        using var step = log.Step(title);
        return RetrievalTrainer.Train(interactions, asOfMs, options.Retrieval);
    }

    private RetrievalModel WithRatings(RetrievalModel model, InteractionLog interactions, BayesianOptions options)
    {
        using var step = log.Step("learning ratings");
        var bayesian = BayesianTrainer.Train(interactions, model.Items, options);
        if (bayesian is not null)
            step.Say($"{bayesian.Ratings:N0} ratings of {bayesian.Rated.Length:N0} items");
        return model with { Bayesian = bayesian };
    }

    /// <summary>Of time and data.</summary>
    public static string VersionOf(DateTimeOffset now, string fingerprint) =>
        now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + fingerprint[..8];
}

/// <param name="Ranker">One of <see cref="RankerLearners"/>.</param>
/// <param name="Version">Null for one made of time and data.</param>
/// <param name="Activate">Put into production when done.</param>
/// <param name="Retrieval">Hyper-parameters.</param>
internal sealed record ModelTrainingOptions(string Ranker, string? Version, bool Activate, RetrievalOptions Retrieval)
{
    /// <summary>Of the ranker that is to be served.</summary>
    public string Precision { get; init; } = RankerCard.FullPrecision;

    /// <summary>Served lists with their outcomes, for the ranker to learn from.</summary>
    public IReadOnlyList<ServedList> Impressions { get; init; } = [];

    public QuantisationOptions Quantisation { get; init; } = new();
}
