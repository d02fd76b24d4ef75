using System.Threading.Channels;
using Splitrail.Contracts;
using Splitrail.RankingSvc.Onnx;
using Splitrail.RankingSvc.Rankers;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Shadows;

/// <summary>
/// Scores a sample of the answered requests again with the models in the shadow, one after another and off the requests' path, and compares. Nothing of it
/// is ever served; what does not fit into the queue is dropped and counted.
/// </summary>
internal sealed partial class ShadowScoring(ServingModels models, RankingOptions options, ShadowMetrics metrics, ILogger<ShadowScoring> logger) : BackgroundService
{
    private const int MostQueued = 64;
    private readonly Channel<ShadowJob> _jobs = Channel.CreateBounded<ShadowJob>(new BoundedChannelOptions(MostQueued) { SingleReader = true });
    private long _seen;

    /// <summary>Takes note of an answered request, or does not: that is the sample.</summary>
    public void Offer(ServingState state, RankRequest request, List<Offer> offers, ReadOnlySpan<float> scores)
    {
        if (models.Current.Served.Shadows is not { Count: > 0 } shadows || !IsSampled())
            return;
        if (!_jobs.Writer.TryWrite(new ShadowJob(state.Version, request, offers, scores.ToArray())))
        {
            foreach (var shadow in shadows.Where(IsRanking))
                metrics.Count(shadow.Version, "dropped");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync(stoppingToken))
        {
            foreach (var shadow in models.Current.Served.Shadows?.Where(IsRanking) ?? [])
            {
                if (shadow.Version != job.Served)
                    await TryScoreAsync(shadow.Version, job, stoppingToken);
            }
        }
    }

    private static bool IsRanking(ShadowModel shadow) => shadow.Type == ModelTypes.Ranking;

    /// <summary>Every n-th of all: the same share whatever the load.</summary>
    private bool IsSampled()
    {
        var seen = Interlocked.Increment(ref _seen);
        return (long)(seen * options.ShadowSample) != (long)((seen - 1) * options.ShadowSample);
    }

    private async Task TryScoreAsync(string version, ShadowJob job, CancellationToken stoppingToken)
    {
        if (models.Acquire(version) is not { } state)
        {
            metrics.Count(version, "not_loaded");
            return;
        }

        try
        {
            await ScoreAsync(state, job, stoppingToken);
        }
        catch (OnnxException fault)
        {
            metrics.Count(version, "failed");
            Failed(logger, version, fault.Message);
        }
        finally
        {
            state.Leave();
        }
    }

    private async Task ScoreAsync(ServingState state, ShadowJob job, CancellationToken stoppingToken)
    {
        if (state.Ranker is not { } ranker)
        {
            metrics.Count(state.Version, "no_ranker");
            return;
        }

        // The served model ranks its candidates rightly: what may stand in for it may rank them too.
        if (models.Current.Find(job.Served) is not { } served || !state.Bundle.Manifest.MayRank(served.Bundle.Manifest))
        {
            metrics.Count(state.Version, "other_family");
            return;
        }

        var offers = job.Offers.ConvertAll(offer => offer with { Position = state.Bundle.Items.Find(offer.ItemId) });
        var scores = new float[offers.Count];
        await ScoringPass.RunAsync(state, ranker, job.Request, offers, scores, stoppingToken);
        metrics.Compared(state.Version, ScoreComparison.Of(job.Scores, scores));
    }

    [LoggerMessage(EventId = 410, Level = LogLevel.Warning, Message = "Shadow model {Version} could not score: {Reason}")]
    private static partial void Failed(ILogger logger, string version, string reason);
}
