using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class TrainingChecksTests
{
    [Fact]
    public void Enough_of_everything_is_accepted() => Should.NotThrow(() => Require(Events(60, static n => ($"u{n % 5}", $"i{n % 7}"))));

    [Fact]
    public void No_event_at_all_is_refused() => Fault([]).ShouldContain("none of interest");

    [Fact]
    public void Events_that_say_nothing_of_taste_are_refused() =>
        Fault([.. Events(60, static n => ($"u{n}", $"i{n % 7}")).Select(static row => row with { Type = EventTypes.Rating, ValueMicros = 1_000_000 })]).ShouldContain("60 events and none of interest");

    [Fact]
    public void One_and_the_same_item_is_refused_by_its_id() => Fault(Events(60, static n => ($"u{n}", "i3"))).ShouldContain("one item, 'i3'");

    [Fact]
    public void One_and_the_same_user_is_refused_by_his_id() => Fault(Events(60, static n => ("u9", $"i{n % 7}"))).ShouldContain("one user, 'u9'");

    [Fact]
    public void Too_few_interactions_are_refused_with_the_number_needed() => Fault(Events(20, static n => ($"u{n % 5}", $"i{n % 7}"))).ShouldContain("20 interactions: give at least 50");

    private static string Fault(EventRow[] events) => Should.Throw<InputException>(() => Require(events)).Message;

    private static void Require(EventRow[] events) => TrainingChecks.Require(
        InteractionLog.From([.. Enumerable.Range(0, 7).Select(static i => new CatalogItem($"i{i}", "", "", null, null))], events), "shop");

    private static EventRow[] Events(int count, Func<int, (string User, string Item)> of) =>
        [.. Enumerable.Range(0, count).Select(n => new EventRow(n, EventTypes.Purchase, of(n).User, $"s{n}", of(n).Item, 1, 1_000_000))];
}
