using Shouldly;
using Splitrail.ExperimentSvc.Pages.Charts;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.Charts;

public sealed class ChartFrameTests
{
    [Fact]
    public void Zero_is_always_seen_and_marks_are_round_numbers()
    {
        var frame = ChartFrame.Of([new Curve("b", [new CurvePoint(0, 4), new CurvePoint(10, 7, 3, 11)], 1)]);
        frame.FromY.ShouldBeLessThan(0);
        frame.MarksY().ShouldBe([0.0, 2, 4, 6, 8, 10]);
        frame.Y(0).ShouldBeGreaterThan(frame.Y(11));
    }

    [Fact]
    public void An_interval_of_the_first_minutes_does_not_flatten_the_rest() =>
        ChartFrame.Of([new Curve("b", [new CurvePoint(0, 5, -400, 900), new CurvePoint(1, 5, 3, 7)], 1)]).ToY.ShouldBeLessThan(20);

    [Fact]
    public void Nothing_and_one_point_give_a_frame_too()
    {
        ChartFrame.Of([]).Line([]).ShouldBe("");
        var moment = ChartFrame.Of([new Curve("b", [new CurvePoint(3, 0)], 1)]);
        moment.X(3).ShouldBe((ChartFrame.Left + ChartFrame.Width - ChartFrame.Right) / 2);
        moment.MarksX().ShouldBe([3.0], "the same time five times would say that time passed");
    }
}
