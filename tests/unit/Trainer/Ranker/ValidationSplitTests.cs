using Shouldly;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class ValidationSplitTests
{
    [Fact]
    public void The_newest_contexts_validate_and_older_ones_teach()
    {
        var rows = Rows(Enumerable.Range(0, 100).Select(i => ((ulong)i, (long)i, (long)i + 1)));
        var (training, validation) = ValidationSplit.Of(rows, 0.2, 4);
        training.ShouldBe(Enumerable.Range(0, 80));
        validation.ShouldBe(Enumerable.Range(80, 20));
    }

    [Fact]
    public void A_shopper_who_is_validated_on_teaches_nothing_that_reaches_into_that_future()
    {
        var rows = Rows([(1, 0, 100), (2, 0, 100), (1, 0, 40), (1, 50, 100)]);
        var (training, validation) = ValidationSplit.Of(rows, 0.25, 4);
        training.ShouldBe([1, 2]);
        validation.ShouldBe([3]);
    }

    [Fact]
    public void Contexts_of_one_moment_are_split_by_shopper()
    {
        var rows = Rows(Enumerable.Range(0, 100).Select(i => ((ulong)(i % 10), 0L, 0L)));
        var (training, validation) = ValidationSplit.Of(rows, 0.2, 4);
        training.Select(rows.UnitOf).Intersect(validation.Select(rows.UnitOf)).ShouldBeEmpty();
        validation.Length.ShouldBe(20);
        training.Length.ShouldBe(80);
    }

    private static TrainingRows Rows(IEnumerable<(ulong Unit, long MomentMs, long UntilMs)> contexts)
    {
        var rows = new TrainingRows(1);
        foreach (var (unit, moment, until) in contexts)
        {
            rows.BeginContext(unit, moment, until);
            rows.Add([1f], wanted: false);
        }

        return rows;
    }
}
