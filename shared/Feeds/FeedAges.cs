using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Splitrail.Feeds;

/// <summary>How long ago the owners of the feeds answered: a service works on for as long as it takes, and somebody has to see it.</summary>
internal sealed class FeedAges(IMeterFactory meters, IEnumerable<FeedPoller> feeds, TimeProvider time) : IHostedService
{
    public const string MeterName = "Splitrail.Feeds";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create(MeterName).CreateObservableGauge("splitrail.feed.age", Ages, "s", "Since the feed's owner last answered.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<double>> Ages() =>
        feeds.Select(feed => new Measurement<double>(time.GetElapsedTime(feed.AnsweredAt).TotalSeconds, new KeyValuePair<string, object?>("feed", feed.Feed)));
}
