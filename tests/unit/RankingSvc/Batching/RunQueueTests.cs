using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Onnx;
using Splitrail.Tests.Unit.Trainer.Ranker;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Batching;

public sealed class RunQueueTests : IDisposable
{
    private const int Width = 5;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private readonly RankerModel _model = RandomRankers.Network(1, Width, 8, 1);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly OnnxSession _session;
    private readonly HeldTarget _target;
    private readonly TimerClock _time = new();
    private readonly List<ScoringSlot> _slots = [];

    public RunQueueTests()
    {
        _session = OnnxSession.Open(OnnxRuntime.Shared, _model.ToOnnx(new Dictionary<string, string>()));
        _target = new HeldTarget(_session);
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
            slot.Dispose();
        _session.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void An_idle_queue_runs_a_request_at_once_and_alone()
    {
        using var queue = Queue(runs: 1);
        _target.Allow(1);
        var slot = Slot(3);
        queue.ScoreAsync(slot, 3).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
        ShouldBeScored(slot, 3);
        _target.Begun.ShouldBe([3]);
    }

    [Fact]
    public async Task Requests_that_find_all_runs_taken_share_the_next_one_and_each_gets_its_own_scores()
    {
        using var queue = Queue(runs: 1);
        var first = await HeldAsync(queue);
        var others = Enumerable.Range(1, 5).Select(rows => (Rows: rows, Slot: Slot(rows))).ToArray();
        var waiting = others.Select(other => queue.ScoreAsync(other.Slot, other.Rows).AsTask()).ToArray();
        _target.Allow(2);
        await first.WaitAsync(s_deadline);
        await Task.WhenAll(waiting).WaitAsync(s_deadline);
        foreach (var (rows, slot) in others)
            ShouldBeScored(slot, rows);
        _target.Begun.ShouldBe([2, 15]);
        await UntilAsync(() => _target.Holds == 0);
    }

    [Fact]
    public async Task What_does_not_fit_into_one_run_goes_with_the_next_and_nobody_is_left_behind()
    {
        using var queue = Queue(runs: 1);
        var first = await HeldAsync(queue);
        var waiting = Enumerable.Range(0, 5).Select(_ => queue.ScoreAsync(Slot(7), 7).AsTask()).ToArray();
        _target.Allow(4);
        await first.WaitAsync(s_deadline);
        await Task.WhenAll(waiting).WaitAsync(s_deadline);
        _target.Begun.ShouldBe([2, 14, 14, 7]);
    }

    [Fact]
    public async Task A_request_larger_than_a_shared_run_goes_alone()
    {
        using var queue = Queue(runs: 1);
        var first = await HeldAsync(queue);
        var large = Slot(40);
        var waiting = new[] { queue.ScoreAsync(Slot(4), 4).AsTask(), queue.ScoreAsync(large, 40).AsTask(), queue.ScoreAsync(Slot(4), 4).AsTask() };
        _target.Allow(4);
        await first.WaitAsync(s_deadline);
        await Task.WhenAll(waiting).WaitAsync(s_deadline);
        _target.Begun.ShouldBe([2, 4, 40, 4]);
        ShouldBeScored(large, 40);
    }

    [Fact]
    public async Task At_most_so_many_requests_share_a_run()
    {
        using var queue = Queue(runs: 1, requests: 2);
        var first = await HeldAsync(queue);
        var waiting = Enumerable.Range(0, 3).Select(_ => queue.ScoreAsync(Slot(1), 1).AsTask()).ToArray();
        _target.Allow(3);
        await first.WaitAsync(s_deadline);
        await Task.WhenAll(waiting).WaitAsync(s_deadline);
        _target.Begun.ShouldBe([2, 2, 1]);
    }

    [Fact]
    public async Task Who_has_waited_the_longest_wait_gets_a_run_although_all_are_taken()
    {
        using var queue = Queue(runs: 1);
        var first = await HeldAsync(queue);
        var waiting = new[] { queue.ScoreAsync(Slot(4), 4).AsTask(), queue.ScoreAsync(Slot(5), 5).AsTask() };
        _target.Begun.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        await UntilAsync(() => _target.Begun.Count == 2);
        _target.Allow(2);
        await Task.WhenAll([first, .. waiting]).WaitAsync(s_deadline);
        _target.Begun.ShouldBe([2, 9]);
    }

    [Fact]
    public async Task A_run_that_fails_fails_for_all_who_share_it_and_for_nobody_else()
    {
        using var queue = Queue(runs: 1);
        var first = await HeldAsync(queue);
        var waiting = new[] { queue.ScoreAsync(Slot(1), 1).AsTask(), queue.ScoreAsync(Slot(2), 2).AsTask() };
        _target.Fails = true;
        _target.Allow(2);
        await Should.ThrowAsync<OnnxException>(first.WaitAsync(s_deadline));
        foreach (var task in waiting)
            await Should.ThrowAsync<OnnxException>(task.WaitAsync(s_deadline));

        _target.Fails = false;
        _target.Allow(1);
        var slot = Slot(3);
        await queue.ScoreAsync(slot, 3);
        ShouldBeScored(slot, 3);
    }

    [Fact]
    public async Task With_one_request_per_run_nothing_is_shared_and_nothing_waits()
    {
        using var queue = Queue(runs: 1, requests: 1);
        var tasks = Enumerable.Range(0, 3).Select(_ => Task.Run(() => queue.ScoreAsync(Slot(2), 2).AsTask())).ToArray();
        await UntilAsync(() => _target.Begun.Count == 3);
        _target.Allow(3);
        await Task.WhenAll(tasks).WaitAsync(s_deadline);
    }

    private RunQueue Queue(int runs, int requests = 32) => new(
        _target, ScoringOptions.Default with { Runs = runs, BatchRequests = requests, BatchRows = 16 }, new RankingMetrics(_services.GetRequiredService<IMeterFactory>()), _time);

    /// <summary>A request of two rows whose run has begun.</summary>
    private async Task<Task> HeldAsync(RunQueue queue)
    {
        var slot = Slot(2);
        var task = Task.Run(() => queue.ScoreAsync(slot, 2).AsTask());
        await UntilAsync(() => _target.Begun.Count == 1);
        return task;
    }

    private ScoringSlot Slot(int rows)
    {
        var slot = new ScoringSlot(_target.CreateBuffer(40));
        lock (_slots)
        {
            RandomRankers.Rows(_slots.Count, rows, Width).CopyTo(slot.Buffer.Rows);
            _slots.Add(slot);
        }

        return slot;
    }

    private void ShouldBeScored(ScoringSlot slot, int rows)
    {
        var expected = new float[rows];
        _model.Score(slot.Buffer.Rows[..(rows * Width)], expected);
        slot.Buffer.Scores[..rows].ToArray().ShouldBe(expected, 1e-5);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        while (!condition())
            await Task.Delay(5, deadline.Token);
    }
}
