using Shouldly;
using Splitrail.Models;
using Splitrail.Trainer.Training;
using Xunit;
using static Splitrail.Tests.Unit.Trainer.Training.InteractionLogs;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class ItemCountingTests
{
    [Fact]
    public void Windows_count_weights_back_from_the_moment()
    {
        var log = Of(2, Bought("a", "i0", 0), Bought("a", "i0", 50), Viewed("a", "i0", 80), Bought("b", "i0", 97), Bought("b", "i0", 100));

        var statistics = Count(log, 100);

        statistics.CountAll[0].ShouldBe(3.2f, 1e-5f);
        statistics.Count90[0].ShouldBe(2.2f, 1e-5f);
        statistics.Count30[0].ShouldBe(1.2f, 1e-5f);
        statistics.Count7[0].ShouldBe(1f, 1e-5f);
        statistics.FirstEventMs[0].ShouldBe(StartMs);
        statistics.FirstEventMs[1].ShouldBe(long.MaxValue);
    }

    [Fact]
    public void Catalogue_fields_follow_the_order_of_the_model()
    {
        var log = Of(3, Bought("a", "i2", 0));

        var statistics = ItemCounting.Count(log, 1, StartMs + DayMs, [2, 0, 1], [1, 2, 0]);

        statistics.CountAll.ShouldBe([1f, 0f, 0f]);
        statistics.LogPrice[0].ShouldBe(MathF.Log(2));
        float.IsNaN(statistics.LogPrice[1]).ShouldBeTrue();
        statistics.Category.ShouldBe([0, 0, -1]);
        statistics.CategoryNames.ShouldBe(["even"]);
    }

    [Fact]
    public void The_liked_rate_is_shrunk_to_the_mean_of_the_shop()
    {
        var log = Of(3, [.. Enumerable.Range(0, 90).Select(n => Rated($"u{n}", "i0", n / 10.0, 5)), .. Enumerable.Range(0, 10).Select(n => Rated($"u{n}", "i1", n / 10.0, 1))]);

        var statistics = Count(log, 100);

        statistics.LikedRate[0].ShouldBe(0.99f, 1e-5f);
        statistics.LikedRate[1].ShouldBe(0.45f, 1e-5f);
        statistics.LikedRate[2].ShouldBe(0.9f, 1e-5f);
    }

    [Fact]
    public void Coming_back_on_another_day_is_a_repeat_and_twice_in_one_visit_is_not()
    {
        var visit = Count(Of(1, Bought("a", "i0", 1), Bought("a", "i0", 1.001)), 100);
        var back = Count(Of(1, Bought("a", "i0", 1), Bought("a", "i0", 2)), 100);

        visit.Repeats.ShouldBeFalse();
        back.RepeatRate.ShouldBe(0.5f);
    }

    private static ItemStatistics Count(InteractionLog log, double day)
    {
        var asOf = StartMs + (long)(day * DayMs);
        int[] order = [.. Enumerable.Range(0, log.Items.Length)];
        return ItemCounting.Count(log, log.CountBefore(asOf), asOf, order, order);
    }
}
