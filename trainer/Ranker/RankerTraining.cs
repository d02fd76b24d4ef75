using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// Trains the ranker of a shop as it will be used: models of the past propose candidates, what shoppers did after that past says which were
/// wanted. The cut-offs lie where 80 % and 90 % of the events have happened.
/// </summary>
internal static class RankerTraining
{
    private static readonly double[] s_cutoffs = [0.8, 0.9];

    /// <param name="events">By time; nothing later than what the shop's models may know.</param>
    /// <param name="fitBefore">Trains the retrieval models on what happened before a moment (Unix milliseconds).</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told one line per step.</param>
    /// <exception cref="ArgumentException">The shop has too few events to learn a ranker from.</exception>
    public static RankerModel Run(
        IEnumerable<EventRow> events, Func<long, RetrievalModel> fitBefore, RankerTrainingOptions options, Action<string>? progress = null)
    {
        var log = ShopLog.Of(events);
        var rows = new TrainingRows(ShopFeatures.Set.Width);
        var sampler = new ContextSampler(options.UsersPerCutoff, options.GuestsPerCutoff, options.Ranker.Seed);
        for (var i = 0; i < s_cutoffs.Length; i++)
        {
            var (cutoff, end) = (Moment(log, s_cutoffs[i]), i + 1 < s_cutoffs.Length ? Moment(log, s_cutoffs[i + 1]) : long.MaxValue);
            var contexts = sampler.Sample(log, cutoff, end);
            if (contexts.Count == 0)
                continue;
            progress?.Invoke($"ranker: models as of {DateTimeOffset.FromUnixTimeMilliseconds(cutoff):yyyy-MM-dd HH:mm}");
            new ContextRows(new CandidateGenerator(fitBefore(cutoff)), options.Candidates).AddTo(rows, contexts);
            progress?.Invoke($"ranker: {contexts.Count:n0} contexts, {rows.Count:n0} rows so far");
        }

        return RankerTrainer.Train(rows, options.Ranker, progress);
    }

    private static long Moment(ShopLog log, double share) =>
        log.TimesMs.Count == 0 ? 0 : log.TimesMs[Math.Min((int)(share * log.TimesMs.Count), log.TimesMs.Count - 1)];
}
