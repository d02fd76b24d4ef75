using Shouldly;
using Splitrail.Trainer.Evaluation;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Evaluation;

public sealed class HashSplitTests
{
    [Fact]
    public void The_parts_have_their_shares()
    {
        var parts = Enumerable.Range(0, 100_000).CountBy(n => HashSplit.Of(n % 317, n / 317)).ToDictionary();

        parts[SplitPart.Test].ShouldBeInRange(19_500, 20_500);
        parts[SplitPart.Validation].ShouldBeInRange(9_600, 10_400);
    }

    [Fact]
    public void A_pair_is_always_in_the_same_part() => HashSplit.Of(1001, 47).ShouldBe(HashSplit.Of(1001, 47));
}
