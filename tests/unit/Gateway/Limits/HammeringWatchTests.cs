using Shouldly;
using Splitrail.Gateway.Limits;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Limits;

public sealed class HammeringWatchTests
{
    private readonly SteppedTime _time = new();

    [Fact]
    public void A_client_is_reported_once_a_minute_when_it_goes_on_and_on()
    {
        var watch = new HammeringWatch(3, _time);

        Refusals(watch, "a", 5).ShouldBe([false, false, true, false, false]);
        Refusals(watch, "b", 2).ShouldBe([false, false]);
        _time.Now += TimeSpan.FromMinutes(1);
        Refusals(watch, "b", 1).ShouldBe([false]);
        Refusals(watch, "a", 3).ShouldBe([false, false, true]);
    }

    private static bool[] Refusals(HammeringWatch watch, string client, int times) => [.. Enumerable.Range(0, times).Select(_ => watch.Refused(client))];

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
