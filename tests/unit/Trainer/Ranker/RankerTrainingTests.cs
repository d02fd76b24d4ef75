using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

/// <summary>The whole way from events to a ranker, in a shop of two tastes.</summary>
public sealed class RankerTrainingTests
{
    private const long Day = 86_400_000;
    private const int ItemCount = 60;
    private static readonly CatalogItem[] s_items = [.. Enumerable.Range(0, ItemCount).Select(i => new CatalogItem($"i{i}", $"Item {i}", "all", 5m, null))];
    private static readonly RetrievalOptions s_retrieval = new() { Als = new AlsOptions(Factors: 16, Iterations: 4), EaseLambda = 20f };

    [Fact]
    public void A_ranker_puts_what_shoppers_took_afterwards_before_what_they_left()
    {
        var events = Shop(users: 150, days: 60);
        var cut = events[(int)(events.Length * 0.9)].TimestampMs;
        var log = InteractionLog.From(s_items, events);
        var fits = new List<long>();
        var ranker = RankerTraining.Run(events.TakeWhile(row => row.TimestampMs < cut), FitBefore, Options()).ShouldNotBeNull().Model;

        fits.ShouldAllBe(cutoff => cutoff < cut);
        var model = FitBefore(cut);
        var rows = new ContextRows(new CandidateGenerator(model), 300);
        var (better, pairs) = (0, 0);
        foreach (var context in new ContextSampler(200, 0, 1).Sample(ShopLog.Of(events), cut, long.MaxValue).Where(context => context.User.EventCount > 5))
        {
            var (candidates, features) = rows.Rows(context);
            var scores = new float[candidates.Count];
            ranker.Score(features, scores);
            var wanted = candidates.Items.Select(item => context.Wanted.Contains(model.Items[item])).ToArray();
            foreach (var yes in Enumerable.Range(0, scores.Length).Where(i => wanted[i]))
            {
                foreach (var no in Enumerable.Range(0, scores.Length).Where(i => !wanted[i]))
                    (better, pairs) = (better + (scores[yes] > scores[no] ? 1 : 0), pairs + 1);
            }
        }

        pairs.ShouldBeGreaterThan(1000);
        ((double)better / pairs).ShouldBeGreaterThan(0.7);

        RetrievalModel FitBefore(long cutoff)
        {
            fits.Add(cutoff);
            return RetrievalTrainer.Train(log, cutoff, s_retrieval);
        }
    }

    [Fact]
    public void Strangers_are_ordered_by_popularity()
    {
        var events = Shop(users: 80, days: 60);
        var log = InteractionLog.From(s_items, events);
        var ranker = RankerTraining.Run(events, cutoff => RetrievalTrainer.Train(log, cutoff, s_retrieval), Options()).ShouldNotBeNull().Model;
        var rows = new ContextRows(new CandidateGenerator(RetrievalTrainer.Train(log, long.MaxValue / 2, s_retrieval)), 300);
        var (candidates, features) = rows.Rows(new RankingContext(1, UserContext.Empty, [], 60 * Day, new HashSet<string>()));
        var scores = new float[candidates.Count];
        ranker.Score(features, scores);
        var popularity = Enumerable.Range(0, scores.Length).Select(i => features[(i * ShopFeatures.Set.Width) + ShopFeatures.PopularityFeature]).ToArray();
        for (var i = 1; i < scores.Length; i++)
            (scores[i] <= scores[i - 1]).ShouldBe(popularity[i] <= popularity[i - 1]);
    }

    [Fact]
    public void A_shop_of_a_few_events_has_no_ranker()
    {
        var events = Shop(users: 1, days: 2);
        var log = InteractionLog.From(s_items, events);
        RankerTraining.Run(events, cutoff => RetrievalTrainer.Train(log, cutoff, s_retrieval), Options()).ShouldBeNull();
        RankerTraining.Run([], _ => throw new InvalidOperationException("nothing to fit"), Options()).ShouldBeNull();
    }

    private static RankerTrainingOptions Options() => new(RankerLearners.Network, 3) { EnoughContexts = 100 };

    /// <summary>Even users buy even items, odd ones odd items; one purchase in ten is anything.</summary>
    private static EventRow[] Shop(int users, int days)
    {
        var random = new Random(17);
        var rows = new List<EventRow>();
        for (var user = 0; user < users; user++)
        {
            for (var i = 0; i < days / 2; i++)
            {
                var item = random.Next(10) == 0 ? random.Next(ItemCount) : (random.Next(ItemCount / 2) * 2) + (user % 2);
                rows.Add(new EventRow(random.NextInt64(days * Day), EventTypes.Purchase, $"u{user}", null, $"i{item}", 1, 5_000_000));
            }
        }

        return [.. rows.OrderBy(row => row.TimestampMs)];
    }
}
