using System.Threading.Channels;
using Shouldly;
using Splitrail.Dapr;
using Splitrail.Gateway.Inner;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Inner;

public sealed class GatheredCallsTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

    [Fact]
    public async Task Who_comes_when_nothing_is_under_way_goes_alone_and_at_once()
    {
        var calls = Calls(atOnce: 2);

        var first = calls.CallAsync(1, default);
        var second = calls.CallAsync(2, default);
        (await NextAsync([1])).Return("one");
        (await NextAsync([2])).Return("two");

        (await first).Value.ShouldBe("one");
        (await second).Value.ShouldBe("two");
    }

    [Fact]
    public async Task Who_comes_later_goes_with_all_who_wait_when_a_call_returns_and_gets_his_own_answer()
    {
        var calls = Calls(atOnce: 1);
        var first = calls.CallAsync(1, default);
        Task<DaprResult<string>>[] others = [.. Enumerable.Range(2, 3).Select(request => calls.CallAsync(request, default))];

        (await NextAsync([1])).Return("one");
        (await NextAsync([2, 3, 4])).Return("two", "three", "four");

        (await first).Value.ShouldBe("one");
        (await Task.WhenAll(others)).Select(static answer => answer.Value).ShouldBe(["two", "three", "four"]);
        _ = calls.CallAsync(5, default);
        await NextAsync([5]);
    }

    [Fact]
    public async Task A_call_carries_no_more_than_the_limit()
    {
        var calls = Calls(atOnce: 1, most: 2);
        Task<DaprResult<string>>[] all = [.. Enumerable.Range(1, 4).Select(request => calls.CallAsync(request, default))];

        (await NextAsync([1])).Return("1");
        (await NextAsync([2, 3])).Return("2", "3");
        (await NextAsync([4])).Return("4");

        (await Task.WhenAll(all)).Select(static answer => answer.Value).ShouldBe(["1", "2", "3", "4"]);
    }

    [Fact]
    public async Task Whose_deadline_passes_while_he_waits_is_not_asked_for()
    {
        using var deadline = new CancellationTokenSource();
        var calls = Calls(atOnce: 1);
        _ = calls.CallAsync(1, default);
        var impatient = calls.CallAsync(2, deadline.Token);
        var patient = calls.CallAsync(3, default);

        await deadline.CancelAsync();
        (await impatient).Fault!.Kind.ShouldBe(DaprFaultKind.DeadlineExceeded);
        (await NextAsync([1])).Return("one");
        (await NextAsync([3])).Return("three");

        (await patient).Value.ShouldBe("three");
    }

    [Fact]
    public async Task A_fault_is_everybodys_and_the_next_call_is_made()
    {
        var calls = Calls(atOnce: 1);
        var first = calls.CallAsync(1, default);
        var second = calls.CallAsync(2, default);
        var third = calls.CallAsync(3, default);

        (await NextAsync([1])).Answer.SetResult(new DaprFault(DaprFaultKind.AppDown, null, null, "gone"));
        (await first).Fault!.Kind.ShouldBe(DaprFaultKind.AppDown);
        (await NextAsync([2, 3])).Answer.SetResult(new DaprFault(DaprFaultKind.CircuitOpen, null, null, "open"));

        (await second).Fault!.Kind.ShouldBe(DaprFaultKind.CircuitOpen);
        (await third).Fault!.Kind.ShouldBe(DaprFaultKind.CircuitOpen);
        _ = calls.CallAsync(4, default);
        await NextAsync([4]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Answers_that_are_not_as_many_as_the_requests_are_nobodys(int answers)
    {
        var calls = Calls(atOnce: 1);
        _ = calls.CallAsync(1, default);
        var second = calls.CallAsync(2, default);
        var third = calls.CallAsync(3, default);

        (await NextAsync([1])).Return("one");
        (await NextAsync([2, 3])).Return([.. Enumerable.Repeat("x", answers)]);

        (await second).Fault!.Kind.ShouldBe(DaprFaultKind.BadAnswer);
        (await third).Fault!.Kind.ShouldBe(DaprFaultKind.BadAnswer);
    }

    [Fact]
    public async Task A_bug_is_seen_by_those_who_asked_and_stops_nobody_else()
    {
        var calls = Calls(atOnce: 1);
        var first = calls.CallAsync(1, default);
        var second = calls.CallAsync(2, default);

        (await NextAsync([1])).Answer.SetException(new InvalidOperationException("a bug"));
        await Should.ThrowAsync<InvalidOperationException>(first);
        (await NextAsync([2])).Answer.SetException(new InvalidOperationException("another"));
        await Should.ThrowAsync<InvalidOperationException>(second);

        _ = calls.CallAsync(3, default);
        await NextAsync([3]);
    }

    [Fact]
    public async Task A_gathered_call_that_is_late_gives_its_place_to_others()
    {
        var calls = Calls(atOnce: 1, patience: TimeSpan.FromMilliseconds(1));
        _ = calls.CallAsync(1, default);
        var late = calls.CallAsync(2, default);
        (await NextAsync([1])).Return("one");
        await NextAsync([2]);

        (await late).Fault!.Kind.ShouldBe(DaprFaultKind.DeadlineExceeded);
        // Its own patience is as short: that it is asked for at all is what counts.
        _ = calls.CallAsync(3, default);
        await NextAsync([3]);
    }

    /// <summary>The next call that was made, once it is.</summary>
    private async Task<Call> NextAsync(int[] requests)
    {
        var call = await _calls.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
        call.Requests.ShouldBe(requests);
        return call;
    }

    private GatheredCalls<int, string> Calls(int atOnce, int most = 8, TimeSpan? patience = null) => new(
        async (request, deadline) => (await CallAsync([request], deadline)).TryGetValue(out var answers, out var fault) ? answers[0] : fault,
        CallAsync,
        atOnce,
        most,
        patience ?? TimeSpan.FromMinutes(1));

    private async Task<DaprResult<IReadOnlyList<string>>> CallAsync(IReadOnlyList<int> requests, CancellationToken deadline)
    {
        var call = new Call(requests);
        _calls.Writer.TryWrite(call);
        try
        {
            return await call.Answer.Task.WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            return DaprFault.DeadlinePassed;
        }
    }

    private sealed record Call(IReadOnlyList<int> Requests)
    {
        public TaskCompletionSource<DaprResult<IReadOnlyList<string>>> Answer { get; } = new();

        public void Return(params string[] answers) => Answer.SetResult(answers);
    }
}
