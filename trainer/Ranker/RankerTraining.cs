using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// Trains the ranker of a shop as it will be used: models of the past propose candidates, what shoppers did after that past says which were
/// wanted. The cut-offs lie where 90 % and 80 % of the events have happened, and further back in a shop with few shoppers.
/// </summary>
internal static class RankerTraining
{
    private static readonly double[] s_cutoffs = [0.9, 0.8, 0.7, 0.6, 0.5];

    /// <param name="events">By time; nothing later than what the shop's models may know.</param>
    /// <param name="fitBefore">Trains the retrieval models on what happened before a moment (Unix milliseconds).</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told one line per step.</param>
    /// <returns>Null when the shop has too few events to learn a ranker from: the candidates' own order is all there is then.</returns>
    public static RankerModel? Run(
        IEnumerable<EventRow> events, Func<long, RetrievalModel> fitBefore, RankerTrainingOptions options, Action<string>? progress = null)
    {
        var (known, strangers) = Rows(ShopLog.Of(events), fitBefore, options, progress);
        if (!known.CanTeach)
            return null;
        var network = RankerTrainer.Train(known, options.Ranker, progress);
        return network with
        {
            Strangers = StrangerRule.Fit(strangers.CanTeach ? strangers : known, ShopFeatures.KnownFeature, ShopFeatures.PopularityFeature),
        };
    }

    /// <summary>Writes the ranker with the names of its features.</summary>
    public static void Write(RankerModel ranker, string path) => File.WriteAllBytes(path, ranker.ToOnnx(ShopFeatures.Set.Metadata));

    private static (TrainingRows Known, TrainingRows Strangers) Rows(
        ShopLog log, Func<long, RetrievalModel> fitBefore, RankerTrainingOptions options, Action<string>? progress)
    {
        var (known, strangers) = (new TrainingRows(ShopFeatures.Set.Width), new TrainingRows(ShopFeatures.Set.Width));
        var sampler = new ContextSampler(options.UsersPerCutoff, options.GuestsPerCutoff, options.Ranker.Seed);
        var end = long.MaxValue;
        for (var i = 0; i < s_cutoffs.Length && (i < options.MinCutoffs || known.Contexts < options.EnoughContexts); i++)
        {
            var cutoff = log.MomentAt(s_cutoffs[i]);
            var contexts = sampler.Sample(log, cutoff, end);
            end = cutoff;
            if (contexts.Count == 0)
                continue;
            progress?.Invoke($"ranker: models as of {DateTimeOffset.FromUnixTimeMilliseconds(cutoff):yyyy-MM-dd HH:mm}");
            new ContextRows(new CandidateGenerator(fitBefore(cutoff)), options.Candidates)
                .Add(contexts, options.MaxUnwanted, context => context.IsStranger ? strangers : known);
            progress?.Invoke($"ranker: {known.Contexts + strangers.Contexts:n0} contexts, {known.Count + strangers.Count:n0} candidates so far");
        }

        return (known, strangers);
    }
}
