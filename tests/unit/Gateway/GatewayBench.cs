using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Gateway;

namespace Splitrail.Tests.Unit.Gateway;

/// <summary>Small things that tests of the gateway need often.</summary>
internal static class GatewayBench
{
    public static GatewayMetrics Metrics { get; } =
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public static Catalog Catalog(params CatalogItem[] items) =>
        Splitrail.Feeds.Catalog.Empty.Apply(new CatalogFeedResponse(Outcomes.Changed, 1, Full: true, items));

    public static CatalogItem Item(string id, string category = "tea", decimal? price = 1m, int? stock = null, bool hidden = false) =>
        new(id, $"Title of {id}", category, price, stock, hidden);

    public static HistoryItem Bought(string id, long boughtMs) => new(id, 1, boughtMs, 1, boughtMs);

    public static UserContext History(params HistoryItem[] items) => new(1, items.Length, null, null, items);
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = TimeSpan.FromHours(1).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_ticks);

    public void Advance(TimeSpan by) => _ticks += by.Ticks;
}
