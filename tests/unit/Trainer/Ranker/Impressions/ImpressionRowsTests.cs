using Shouldly;
using Splitrail.Trainer.Ranker.Impressions;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker.Impressions;

public sealed class ImpressionRowsTests
{
    private static readonly ExaminationCurve s_curve = new([1, 0.5, 0.01]);

    [Fact]
    public void What_was_taken_counts_once_per_chance_of_a_look_up_to_a_limit()
    {
        var rows = ImpressionRows.Of([List(true, true, true)], s_curve);
        rows.Weights.ToArray().ShouldBe([1f, 2f, 20f]);
        rows.Labels.ToArray().ShouldBe([1f, 1f, 1f]);
    }

    [Fact]
    public void What_was_not_taken_counts_as_refused_as_far_as_it_was_looked_at()
    {
        var rows = ImpressionRows.Of([List(true, false, false), List(false, false, false)], s_curve);
        // One wish in six impressions; looked at and left: (1 - w) / (1 - look w).
        rows.Weights[1].ShouldBe((float)((1 - (1 / 6.0)) / (1 - (0.5 / 6))), 1e-6f);
        rows.Weights[3].ShouldBe(1f, 1e-6f);
        rows.Weights[5].ShouldBeLessThan(rows.Weights[4]);
        rows.Contexts.ShouldBe(2);
    }

    [Fact]
    public void In_expectation_both_sides_weigh_what_they_would_if_everything_was_looked_at()
    {
        var random = new Random(3);
        var lists = Enumerable.Range(0, 40_000).Select(_ => new ServedList(1, 0, 1,
            [.. Enumerable.Range(1, 2).Select(position => new ServedItem([0f], position, random.NextDouble() < 0.3 && random.NextDouble() < s_curve.At(position)))])).ToArray();
        var rows = ImpressionRows.Of(lists, s_curve);
        for (var position = 0; position < 2; position++)
        {
            var (wanted, refused) = (0.0, 0.0);
            for (var row = position; row < rows.Count; row += 2)
                (wanted, refused) = (wanted + (rows.Weights[row] * rows.Labels[row]), refused + (rows.Weights[row] * (1 - rows.Labels[row])));
            (wanted / (wanted + refused)).ShouldBe(0.3, 0.01, $"position {position + 1}");
        }
    }

    [Fact]
    public void A_look_that_was_logged_takes_the_curves_place()
    {
        var item = new ServedItem([0f], 1, true, Examination: 0.25);
        s_curve.Of(item).ShouldBe(0.25);
        s_curve.Of(item with { Examination = null }).ShouldBe(1);
        s_curve.At(99).ShouldBe(0.01);
    }

    [Fact]
    public void Nothing_served_and_impossible_chances_are_refused()
    {
        Should.Throw<ArgumentException>(() => ImpressionRows.Of([], s_curve)).Message.ShouldContain("no served lists");
        Should.Throw<ArgumentException>(() => new ExaminationCurve([1, 0]));
        Should.Throw<ArgumentException>(() => new ExaminationCurve([1.5]));
        Should.Throw<ArgumentException>(() => ExaminationEstimate.Of([List(false, false)], 1)).Message.ShouldContain("nothing was taken");
    }

    private static ServedList List(params ReadOnlySpan<bool> taken)
    {
        var items = new List<ServedItem>();
        foreach (var one in taken)
            items.Add(new ServedItem([items.Count], items.Count + 1, one));
        return new ServedList(1, 0, 1, items);
    }
}
