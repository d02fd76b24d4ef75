using Shouldly;
using Splitrail.ExperimentSvc.Pages;
using Splitrail.ExperimentSvc.Pages.SignIn;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Pages.SignIn;

public sealed class LockoutTests
{
    private readonly SettableTime _time = new();
    private readonly Lockout _lockout;

    public LockoutTests() => _lockout = new Lockout(new ConsoleOptions([], null, null, TimeSpan.FromHours(1), 3, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), null, false), _time);

    [Fact]
    public void An_account_is_locked_by_the_third_wrong_key_and_opens_after_its_minute()
    {
        Wrong(2);
        _lockout.LeftOf("ada").ShouldBe(TimeSpan.Zero);
        Wrong(1);
        _lockout.LeftOf("ada").ShouldBe(TimeSpan.FromMinutes(1));
        _lockout.LeftOf("bob").ShouldBe(TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(1));
        _lockout.LeftOf("ada").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Each_further_wrong_key_doubles_the_time_up_to_a_bound()
    {
        Wrong(5);
        _lockout.LeftOf("ada").ShouldBe(TimeSpan.FromMinutes(4));
        Wrong(100);
        _lockout.LeftOf("ada").ShouldBe(TimeSpan.FromMinutes(1024));
    }

    [Fact]
    public void The_right_key_forgets_the_wrong_ones()
    {
        Wrong(2);
        _lockout.Right("ada");
        Wrong(2);
        _lockout.LeftOf("ada").ShouldBe(TimeSpan.Zero);
    }

    private void Wrong(int times)
    {
        for (var i = 0; i < times; i++)
            _lockout.Wrong("ada");
    }

    private sealed class SettableTime : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
