using Shouldly;
using Splitrail.Gateway.Recommendations;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Recommendations;

public sealed class DegradationTests
{
    [Fact]
    public void The_worst_level_stays_with_its_cause()
    {
        var degradation = new Degradation();
        degradation.Raise(Degradation.WithoutPersonal, "context");
        degradation.Raise(Degradation.WithoutRanker, "ranking");

        (degradation.Level, degradation.Cause).ShouldBe((2, "context"));
    }

    [Fact]
    public void A_worse_level_keeps_the_cause_it_came_from()
    {
        var degradation = new Degradation();
        degradation.Raise(Degradation.OwnPopularList, "candidates");
        degradation.RaiseKeepingCause(Degradation.Nothing, "filters");

        (degradation.Level, degradation.Cause).ShouldBe((4, "candidates"));
    }

    [Fact]
    public void Without_an_earlier_cause_the_given_one_counts()
    {
        var degradation = new Degradation();
        degradation.RaiseKeepingCause(Degradation.Nothing, "filters");

        (degradation.Level, degradation.Cause).ShouldBe((4, "filters"));
    }
}
