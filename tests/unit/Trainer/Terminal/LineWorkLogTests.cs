using Shouldly;
using Splitrail.Trainer.Terminal;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Terminal;

public sealed class LineWorkLogTests
{
    private readonly StringWriter _output = new();
    private readonly SteppedTime _time = new();

    [Fact]
    public void A_short_step_takes_two_lines_however_often_it_reports()
    {
        using (var step = new LineWorkLog(_output, _time).Step("reading"))
        {
            for (var i = 0; i < 1_000; i++) step.Report(i / 1_000.0);
        }
        Lines.ShouldBe(["reading …", "reading: done"]);
    }

    [Fact]
    public void A_long_step_tells_how_far_it_is_every_five_seconds()
    {
        using (var step = new LineWorkLog(_output, _time).Step("reading"))
        {
            for (var second = 1; second <= 12; second++)
            {
                _time.Seconds = second;
                step.Report(second / 12.0);
            }
        }
        Lines.ShouldBe(["reading …", "reading: 41 %", "reading: 83 %", "reading: done"]);
    }

    private string[] Lines => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private sealed class SteppedTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
