using System.Threading.Channels;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway.Inner;

namespace Splitrail.Gateway.Assignment;

/// <summary>
/// While a change of the models in production is under way, asks candidate-svc and ranking-svc for nothing, again and again: whoever answers says what it has loaded, also where shoppers are few or served from the cache.
/// </summary>
internal sealed class TurnProbe(ControlFeed feed, ControlPlane control, InnerServices services, TimeProvider time) : BackgroundService
{
    /// <summary>The sidecar sends each call to another replica: ten of them are heard within a quarter of a second.</summary>
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);
    private static readonly CandidateRequest s_noCandidates = new(UserContext.Empty, [], 1, ItemFilters.Default, null, Personal: false, 0);
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Changed += _ => _changes.Writer.TryWrite(true);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _changes.Reader.ReadAllAsync(stoppingToken))
        {
            // Who does not answer is not pressed: the turn waits out its patience.
            while (control.IsTurning && await AskAsync(stoppingToken))
                await Task.Delay(s_between, time, stoppingToken);
        }
    }

    private async Task<bool> AskAsync(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(s_longest);
        var candidates = services.CandidatesAsync(s_noCandidates, limit.Token);
        var ranking = services.RankAsync(InnerServiceCheck.NothingToRank, limit.Token);
        return (await candidates).IsSuccess && (await ranking).IsSuccess;
    }
}
