using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer.Ranker.Contexts;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class ContextSamplerTests
{
    private const long Cutoff = 1000;
    private const long End = 2000;

    [Fact]
    public void Nothing_after_a_context_is_known_in_it_and_nothing_before_it_is_wanted()
    {
        foreach (var context in Contexts(Shop(200)))
        {
            context.User.History.ShouldAllBe(item => item.LastMs <= context.NowMs);
            foreach (var item in context.Wanted)
                (long.Parse(item[1..]) >= context.NowMs).ShouldBeTrue();
        }
    }

    [Fact]
    public void Strangers_newcomers_known_users_and_guests_are_all_there()
    {
        var contexts = Contexts(Shop(200));
        contexts.Count(context => context.IsStranger).ShouldBeGreaterThan(20);
        contexts.Count(context => context.User.EventCount == 1).ShouldBeGreaterThan(10);
        contexts.Count(context => context.User.EventCount == 3).ShouldBeGreaterThan(10);
        contexts.Count(context => context.User.EventCount >= 8).ShouldBeGreaterThan(100);
        contexts.Count(context => context.SessionItems.Count > 0).ShouldBeGreaterThan(40);
    }

    [Fact]
    public void A_guest_does_not_want_what_was_already_looked_at()
    {
        foreach (var context in Contexts(Shop(200)).Where(context => context.SessionItems.Count > 0))
            context.Wanted.Intersect(context.SessionItems).ShouldBeEmpty();
    }

    [Fact]
    public void Events_after_the_window_are_not_looked_at() =>
        Contexts(Shop(50)).SelectMany(context => context.Wanted).ShouldAllBe(item => long.Parse(item.Substring(1)) < End);

    [Fact]
    public void The_same_seed_draws_the_same_shoppers_and_no_more_than_asked_for()
    {
        var shop = Shop(200);
        var first = new ContextSampler(30, 20, 5).Sample(shop, Cutoff, End);
        var second = new ContextSampler(30, 20, 5).Sample(shop, Cutoff, End);
        var other = new ContextSampler(30, 20, 6).Sample(shop, Cutoff, End);
        first.Select(context => context.Unit).ShouldBe(second.Select(context => context.Unit));
        first.Select(context => context.Unit).ShouldNotBe(other.Select(context => context.Unit));
        first.Select(context => context.Unit).Distinct().Count().ShouldBeLessThanOrEqualTo(50);
    }

    private static IReadOnlyList<RankingContext> Contexts(ShopLog shop) => new ContextSampler(1000, 1000, 1).Sample(shop, Cutoff, End);

    /// <summary>Users with ten purchases before the cut-off and six after; guests with six in the window. An item is named after its time.</summary>
    private static ShopLog Shop(int shoppers)
    {
        var rows = new List<EventRow>();
        for (var shopper = 0; shopper < shoppers; shopper++)
        {
            for (var i = 0; i < 10; i++)
                rows.Add(Buy(i * 100, $"user-{shopper}", null));
            for (var i = 0; i < 6; i++)
            {
                rows.Add(Buy(Cutoff + 10 + (i * 100), $"user-{shopper}", null));
                rows.Add(Buy(Cutoff + 20 + (i * 100), null, $"guest-{shopper}"));
            }

            rows.Add(Buy(End + 5, $"user-{shopper}", null));
        }

        return ShopLog.Of(rows.OrderBy(row => row.TimestampMs));
    }

    private static EventRow Buy(long timeMs, string? user, string? session) =>
        new(timeMs, EventTypes.Purchase, user, session, $"t{timeMs}", 1, 1_000_000);
}
