using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Splitrail.Benchmarks.Snapshot;

/// <summary>Asks each gateway in turn for recommendations, open loop, and notes the newest snapshot version each has named.</summary>
internal sealed class ServedVersions(Uri[] gateways)
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private readonly Lock _lock = new();
    private readonly long[] _newest = new long[gateways.Length];
    private (long Version, TaskCompletionSource<long> AllHave)? _awaited;
    private long _sent;
    private long _failed;
    private double _seconds;

    public long Failed => Interlocked.Read(ref _failed);

    public double PerSecond => _sent / _seconds;

    /// <summary>The timestamp at which the last gateway named this version, or a later one.</summary>
    public Task<long> ServedByAllAsync(long version)
    {
        lock (_lock)
        {
            var allHave = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (version, allHave);
            Complete(Stopwatch.GetTimestamp());
            return allHave.Task;
        }
    }

    public async Task LoadAsync(HttpClient http, int perSecond, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var pending = new List<Task>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond);
            for (; _sent < due; _sent++)
                pending.Add(AskAsync(http, (int)(_sent % gateways.Length), _sent));
            pending.RemoveAll(static one => one.IsCompleted);
            await Task.Delay(1, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Task.WhenAll(pending);
    }

    private async Task AskAsync(HttpClient http, int gateway, long number)
    {
        try
        {
            using var content = new StringContent($$"""{"user_id":"bench-{{number % 1000}}"}""", s_json);
            using var answer = await http.PostAsync(new Uri(gateways[gateway], "/v1/recommendations"), content);
            if (answer.IsSuccessStatusCode)
                Note(gateway, long.Parse(answer.Headers.GetValues("X-Snapshot-Version").Single(), CultureInfo.InvariantCulture));
            else
                Interlocked.Increment(ref _failed);
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private void Note(int gateway, long version)
    {
        lock (_lock)
        {
            if (version <= _newest[gateway])
                return;
            _newest[gateway] = version;
            Complete(Stopwatch.GetTimestamp());
        }
    }

    private void Complete(long now)
    {
        if (_awaited is { } awaited && _newest.All(version => version >= awaited.Version))
            awaited.AllHave.TrySetResult(now);
    }
}
