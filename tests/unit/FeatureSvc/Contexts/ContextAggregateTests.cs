using Shouldly;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Contexts;
using Xunit;

namespace Splitrail.Tests.Unit.FeatureSvc.Contexts;

public sealed class ContextAggregateTests
{
    [Fact]
    public void No_event_is_the_empty_context() => ContextAggregate.Of([]).ShouldBe(UserContext.Empty);

    [Fact]
    public void The_version_is_the_latest_transaction_that_stored_an_event_of_the_user()
    {
        PastEvent[] events = [new("a", EventTypes.View, 30, 0, 4), new("b", EventTypes.View, 10, 0, 9), new("c", EventTypes.View, 20, 0, 1)];
        ContextAggregate.Of(events).Version.ShouldBe(9);
    }

    [Fact]
    public void Who_only_rated_low_is_known_and_has_no_taste_yet()
    {
        var context = ContextAggregate.Of([new PastEvent("a", EventTypes.Rating, 1, 1_000_000, 5)]);
        (context.Version, context.EventCount, context.History[0].Weight).ShouldBe((5, 0, 0f));
    }

    [Fact]
    public void The_order_in_which_events_are_read_changes_no_bit()
    {
        var random = new Random(7);
        var events = Enumerable.Range(0, 500)
            .Select(i => new PastEvent($"item-{random.Next(40)}", EventTypes.All[random.Next(EventTypes.All.Count)], random.Next(50), random.Next(10_000_000), i)).ToArray();
        var first = ContextAggregate.Of(events);
        for (var i = 0; i < 10; i++)
        {
            random.Shuffle(events);
            var again = ContextAggregate.Of(events);
            again.History.ShouldBe(first.History);
            (again.MeanLogPrice, again.EventCount, again.LastEventMs, again.Version).ShouldBe((first.MeanLogPrice, first.EventCount, first.LastEventMs, first.Version));
        }
    }
}
