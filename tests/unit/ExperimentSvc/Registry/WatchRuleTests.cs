using Shouldly;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Registry;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Registry;

public sealed class WatchRuleTests
{
    private static readonly ServedCounts s_day = new(20_000, 2_000, 400, new AnswerCounts(20_000, 200, 2, 100));

    [Fact]
    public void The_same_as_before_is_not_worse() => Verdict(s_day).ShouldBeNull();

    [Fact]
    public void A_fall_of_click_through_by_a_third_is_said_in_a_sentence() =>
        Verdict(s_day with { Clicks = 1_333 })!.ShouldBe("click_through fell from 10% (2000 of 20000) to 6.665% (1333 of 20000)");

    [Fact]
    public void Three_times_the_fallbacks_are_worse_and_fewer_are_not()
    {
        Verdict(s_day with { Answers = s_day.Answers with { Fallbacks = 600 } })!.ShouldStartWith("fallback_share rose from 1%");
        Verdict(s_day with { Answers = s_day.Answers with { Fallbacks = 20, Slow = 1 } }).ShouldBeNull();
    }

    [Fact]
    public void What_is_within_the_margin_or_too_little_is_not_judged()
    {
        Verdict(s_day with { Clicks = 1_920 }).ShouldBeNull();
        WatchRule.Verdict(s_day, new ServedCounts(400, 0, 0, default), 1, RegistryOptions.Default).ShouldBeNull();
    }

    [Fact]
    public void Chance_alone_rolls_back_seldom()
    {
        var random = new Random(7);
        var alarms = 0;
        for (var run = 0; run < 300; run++)
        {
            // A shop whose rates are the same before and after, looked at again and again as a day goes on.
            var (before, after) = (0L, 0L);
            var alarmed = false;
            for (var look = 1; look <= 10; look++)
            {
                for (var i = 0; i < 1_000; i++)
                {
                    before += random.NextDouble() < 0.1 ? 1 : 0;
                    after += random.NextDouble() < 0.1 ? 1 : 0;
                }

                alarmed |= WatchRule.Verdict(new ServedCounts(1_000 * look, before, 0, default), new ServedCounts(1_000 * look, after, 0, default), look, RegistryOptions.Default) is not null;
            }

            alarms += alarmed ? 1 : 0;
        }

        alarms.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void A_day_has_some_dozens_of_looks() => WatchRule.LookAt(TimeSpan.FromDays(1), TimeSpan.FromMinutes(1)).ShouldBeInRange(20, 40);

    private static string? Verdict(ServedCounts after) => WatchRule.Verdict(s_day, after, 5, RegistryOptions.Default);
}
