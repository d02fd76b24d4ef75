using Shouldly;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Registry.ServedDays;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Registry.ServedDays;

public sealed class ModelDayTallyTests
{
    private const long Noon = (20_000 * ModelDay.Milliseconds) + (ModelDay.Milliseconds / 2);
    private const long Hour = 3_600_000;

    [Fact]
    public void Lists_are_added_up_by_the_day_they_were_served_on_and_the_model_that_made_them()
    {
        var days = ModelDayTally.Of(
            [List("a", "m1", Noon), List("b", "m1", Noon + 1), List("c", "m2", Noon), List("d", "m1", Noon + ModelDay.Milliseconds)],
            [Event("a", "i1", "click"), Event("a", "i2", "click"), Event("a", "i1", "purchase"), Event("c", "i3", "click"), Event("elsewhere", "i1", "click")], Hour);
        days.ShouldBe(
            [
                new ModelDay(20_000 * ModelDay.Milliseconds, "m1", 2, 1, 20, 2, 1), new ModelDay(20_000 * ModelDay.Milliseconds, "m2", 1, 1, 10, 1, 0),
                new ModelDay(20_001 * ModelDay.Milliseconds, "m1", 1, 0, 10, 0, 0),
            ], ignoreOrder: true);
    }

    [Fact]
    public void A_click_counts_once_a_list_and_only_on_what_was_shown_and_in_time() => ModelDayTally.Of(
        [List("a", "m1", Noon)],
        [
            Event("a", "i1", "click"), Event("a", "i1", "click"), Event("a", "i11", "click"), Event("a", "never-shown", "click"), Event("a", "i2", "click", Noon + Hour + 1), Event("a", "i3", "click", Noon - 1000),
            Event("a", "i4", "like"),
        ], Hour).ShouldHaveSingleItem().Clicks.ShouldBe(2, "of the first item, and of the third, whose click the broker brought first");

    [Fact]
    public void What_a_fallback_served_is_no_model_s() => ModelDayTally.Of([List("a", "m1", Noon, level: 1), List("b", null, Noon)], [], Hour).ShouldBeEmpty();

    private static ArrivedList List(string id, string? model, long atMs, int level = 0) => new(
        new Impression(id, "user-1", "user", atMs, 1, level, model, model, "shop-1", [], [.. Enumerable.Range(1, 12).Select(static place => new ImpressionItem($"i{place}", place))]), atMs);

    private static ArrivedOutcome Event(string list, string item, string type, long atMs = Noon + 1000) => new(list, item, type, atMs);
}
