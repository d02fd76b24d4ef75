using Shouldly;
using Splitrail.Local.Sidecar.Resiliency;
using Splitrail.Local.Sidecar.Resources;
using Xunit;

namespace Splitrail.Tests.Unit.Local.Sidecar;

public sealed class BreakerTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_opens_at_the_fifth_failure_in_a_row_and_not_when_a_success_lies_between()
    {
        var breaker = Breaker();
        Fail(breaker, 4);
        Call(breaker, true);
        Fail(breaker, 4);
        breaker.State.ShouldBe(BreakerState.Closed);
        Fail(breaker, 1);
        breaker.State.ShouldBe(BreakerState.Open);
        breaker.TryEnter(out _).ShouldBe(CallOutcome.BreakerOpen);
    }

    [Fact]
    public void After_its_timeout_one_trial_decides()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _time.Advance(TimeSpan.FromSeconds(30));
        breaker.TryEnter(out var trial).ShouldBeNull();
        breaker.TryEnter(out _).ShouldBe(CallOutcome.TooManyRequests);
        breaker.Leave(trial, false);
        breaker.State.ShouldBe(BreakerState.Open);
        _time.Advance(TimeSpan.FromSeconds(30));
        Call(breaker, true);
        breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void As_many_successes_as_trials_close_it()
    {
        var breaker = Breaker(maxRequests: 2);
        Fail(breaker, 5);
        _time.Advance(TimeSpan.FromSeconds(30));
        Call(breaker, true);
        breaker.State.ShouldBe(BreakerState.HalfOpen);
        Call(breaker, true);
        breaker.State.ShouldBe(BreakerState.Closed);
    }

    /// <summary>Recorded as cbi.*.</summary>
    [Fact]
    public void The_interval_forgets_the_failures_of_the_closed_state()
    {
        var breaker = Breaker(interval: TimeSpan.FromSeconds(2));
        Fail(breaker, 4);
        _time.Advance(TimeSpan.FromSeconds(2));
        Fail(breaker, 4);
        breaker.State.ShouldBe(BreakerState.Closed);
        Fail(breaker, 1);
        breaker.State.ShouldBe(BreakerState.Open);
    }

    [Fact]
    public void A_call_of_an_earlier_state_says_nothing_about_the_present_one()
    {
        var breaker = Breaker();
        breaker.TryEnter(out var early);
        Fail(breaker, 5);
        _time.Advance(TimeSpan.FromSeconds(30));
        Call(breaker, true);
        breaker.Leave(early, false);
        Fail(breaker, 4);
        breaker.State.ShouldBe(BreakerState.Closed);
    }

    [Fact]
    public void A_trial_whose_caller_left_frees_its_place()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        _time.Advance(TimeSpan.FromSeconds(30));
        breaker.TryEnter(out var trial);
        breaker.Abandon(trial);
        breaker.TryEnter(out _).ShouldBeNull();
    }

    private Breaker Breaker(int maxRequests = 1, TimeSpan interval = default) =>
        new(new BreakerSpec(maxRequests, interval, TimeSpan.FromSeconds(30), "consecutiveFailures", 5), _time);

    private static void Fail(Breaker breaker, int times)
    {
        for (var i = 0; i < times; i++)
            Call(breaker, false);
    }

    private static void Call(Breaker breaker, bool success)
    {
        breaker.TryEnter(out var generation).ShouldBeNull();
        breaker.Leave(generation, success);
    }
}
