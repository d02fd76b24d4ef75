using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Randomness;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Evaluation;

/// <summary>
/// Protocols under which figures of other implementations are known, so that the retrieval models can be put beside them. They differ from
/// <see cref="QualityStudy"/>, which measures a shop as it is served.
/// </summary>
internal static class ReferenceStudies
{
    private const int WholePastDays = 36_500;
    private const int MinLiked = 5;

    /// <summary>
    /// Ratings of 4 and more by users with at least five of them, split by <see cref="HashSplit"/>: train and validation are learnt, the test part is
    /// asked for, what was learnt of a user is masked.
    /// </summary>
    public static Dictionary<string, RankingQuality> HashSplitRatings(DatasetFolder dataset, RetrievalOptions options)
    {
        var liked = dataset.ReadEvents().Where(static row => EventWeights.Of(row.Type, row.ValueMicros) > 0)
            .GroupBy(static row => row.UserId!, StringComparer.Ordinal).Where(static user => user.Count() >= MinLiked).ToArray();
        var learnt = liked.SelectMany(static user => user.Where(static row => !IsTest(row))).ToArray();
        var contexts = liked.Select(static user => Context(user.Key, user.Where(static row => !IsTest(row)), user.Where(IsTest), user.Max(static row => row.TimestampMs)))
            .Where(static context => context.User.EventCount > 0 && context.Wanted.Count > 0).ToArray();
        return Measure(RetrievalTrainer.Train(InteractionLog.From([.. dataset.ReadItems()], learnt), long.MaxValue, options), contexts, WholePastDays);
    }

    /// <summary>Customers with a history before the cut; wanted is what they bought from then on. With <paramref name="onlyNew"/>, what they had is masked.</summary>
    public static Dictionary<string, RankingQuality> Customers(DatasetFolder dataset, long cutMs, bool onlyNew, RetrievalOptions options)
    {
        var known = dataset.ReadEvents().Where(static row => row.UserId is not null).ToArray();
        var contexts = known.GroupBy(static row => row.UserId!, StringComparer.Ordinal)
            .Select(user => Context(user.Key, user.Where(row => row.TimestampMs < cutMs), user.Where(row => row.TimestampMs >= cutMs), cutMs))
            .Select(context => onlyNew ? WithoutOld(context) : context)
            .Where(static context => context.User.EventCount > 0 && context.Wanted.Count > 0).ToArray();
        var log = InteractionLog.From([.. dataset.ReadItems()], known);
        return Measure(RetrievalTrainer.Train(log, cutMs, options), contexts, onlyNew ? WholePastDays : 0);
    }

    /// <summary>Every session without its user: given the first items, the rest is asked for. Sessions of 6 to 100 items from the cut on.</summary>
    public static Dictionary<string, RankingQuality> Sessions(DatasetFolder dataset, long cutMs, int given, RetrievalOptions options)
    {
        var rows = dataset.ReadEvents().Select(static row => row with { UserId = null }).ToArray();
        var contexts = rows.Where(row => row.TimestampMs >= cutMs).GroupBy(static row => row.SessionId!, StringComparer.Ordinal)
            .Select(static session => (session.Key, Items: session.Select(static row => row.ItemId).Distinct(StringComparer.Ordinal).ToArray()))
            .Where(static session => session.Items.Length is >= 6 and <= 100)
            .Select(session => new RankingContext(
                SplitMix64.Hash(session.Key), UserContext.Empty, session.Items[..given], cutMs, session.Items.Skip(given).ToHashSet(StringComparer.Ordinal)))
            .ToArray();
        var log = InteractionLog.From([.. dataset.ReadItems()], rows);
        return Measure(RetrievalTrainer.Train(log, cutMs, options), contexts, 0);
    }

    private static bool IsTest(EventRow row) => HashSplit.Of(long.Parse(row.UserId!), long.Parse(row.ItemId)) == SplitPart.Test;

    private static RankingContext Context(string user, IEnumerable<EventRow> past, IEnumerable<EventRow> wanted, long nowMs)
    {
        var builder = new UserContextBuilder();
        foreach (var row in past)
            builder.Add(row);
        return new RankingContext(SplitMix64.Hash(user), builder.Build(), [], nowMs, wanted.Select(static row => row.ItemId).ToHashSet(StringComparer.Ordinal));
    }

    private static RankingContext WithoutOld(RankingContext context) =>
        context with { Wanted = context.Wanted.Except(context.User.History.Select(static item => item.ItemId)).ToHashSet(StringComparer.Ordinal) };

    private static Dictionary<string, RankingQuality> Measure(RetrievalModel model, RankingContext[] contexts, int excludeBoughtDays)
    {
        var recommenders = new Recommenders(new CandidateGenerator(model), excludeBoughtDays);
        string[] methods = [Recommenders.Popularity, Recommenders.ItemToItem, Recommenders.Als, Recommenders.ItemKnn];
        var qualities = methods.ToDictionary(static name => name, name => QualityRun.Of(contexts, model.Items, recommenders.Single(name)));
        qualities.Add(Recommenders.Blend, QualityRun.Of(contexts, model.Items, recommenders.Candidates(Mixes.Default)));
        return qualities;
    }
}
