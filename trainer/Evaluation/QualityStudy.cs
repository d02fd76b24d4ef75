using Splitrail.Datasets;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Evaluation;

/// <summary>
/// Trains on the past, asks for the future. The cut is where 80 % of the events have happened. Test users are known users with at least one
/// thing liked after it; whoever is new after the cut has no history, and each method gives its cold answer (single models: popularity).
/// The whole catalogue is ranked. Nothing is masked where people come back to items; where they do not (films), nobody is offered what he had.
/// Guest sessions that begin after the cut are asked for the rest after their first few items.
/// </summary>
internal static class QualityStudy
{
    private const double TrainShare = 0.8;
    private const int Candidates = 250;
    private static readonly int[] s_guestItems = [1, 3];

    /// <returns>Figures by key; guests' only where there are guests.</returns>
    /// <exception cref="InputException">There is too little to learn from before the cut, or nobody to ask after it.</exception>
    public static IReadOnlyDictionary<string, double> Run(DatasetFolder dataset, int seed, Action<string> progress)
    {
        var events = dataset.ReadEvents().ToArray();
        var log = InteractionLog.From([.. dataset.ReadItems()], events);
        var split = TemporalSplit.At(events, TrainShare);
        var options = new RetrievalOptions();
        progress($"training on the events before {DateTimeOffset.FromUnixTimeMilliseconds(split.CutMs):yyyy-MM-dd HH:mm} UTC");
        var generator = new CandidateGenerator(RetrievalTrainer.Train(log, split.CutMs, options, new Relay(progress)));
        var ranker = RankerTraining.Run(
            split.TrainingEvents, cutoff => RetrievalTrainer.Train(log, cutoff, options), new RankerTrainingOptions(RankerLearners.Network, seed), progress)
            ?? throw new InputException($"dataset {dataset.Path} has too few events before the cut to learn a ranker from");
        var recommenders = new Recommenders(generator);
        var methods = new (string Name, Func<RankingContext, int[]> Rank)[]
        {
            (Recommenders.Popularity, recommenders.Single(Recommenders.Popularity)),
            (Recommenders.ItemToItem, recommenders.Single(Recommenders.ItemToItem)),
            (Recommenders.Als, recommenders.Single(Recommenders.Als)),
            (Recommenders.Blend, recommenders.Candidates(Mixes.Default)),
            (Recommenders.Pipeline, recommenders.Ranked(ranker.Model, Candidates)),
        };
        var figures = new Dictionary<string, double>();
        Measure("", split.Users(), methods, generator, figures, progress);
        foreach (var given in s_guestItems)
            Measure($"guests_given_{given}_", split.Guests(given), methods, generator, figures, progress);
        return figures;
    }

    private static void Measure(
        string prefix,
        IReadOnlyList<RankingContext> contexts,
        (string Name, Func<RankingContext, int[]> Rank)[] methods,
        CandidateGenerator generator,
        Dictionary<string, double> figures,
        Action<string> progress)
    {
        if (contexts.Count == 0)
            return;
        figures[$"{prefix}test_users"] = contexts.Count;
        foreach (var (name, rank) in methods)
        {
            var quality = QualityRun.Of(contexts, generator.Model.Items, rank);
            figures[$"{prefix}ndcg_at_10_{name}"] = quality.Ndcg;
            figures[$"{prefix}recall_at_20_{name}"] = quality.Recall;
            if (prefix.Length == 0)
                figures[$"coverage_{name}"] = quality.Coverage;
            progress($"{prefix}{name}: NDCG@10 {quality.Ndcg:0.0000} (standard error {quality.NdcgError:0.0000}), Recall@20 {quality.Recall:0.0000}, coverage {quality.Coverage:0.000}, {contexts.Count:N0} users");
        }
    }

    private sealed class Relay(Action<string> progress) : IProgress<string>
    {
        public void Report(string value) => progress(value);
    }
}
