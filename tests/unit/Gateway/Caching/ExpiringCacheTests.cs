using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.Gateway;
using Splitrail.Gateway.Caching;
using Splitrail.Telemetry;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Caching;

public sealed class ExpiringCacheTests
{
    private readonly ManualTime _time = new();
    private readonly ExpiringCache<int, string> _cache;

    public ExpiringCacheTests() => _cache = new("test", 64, TimeSpan.FromSeconds(1), _time, GatewayBench.Metrics);

    [Fact]
    public void A_value_lives_as_long_as_it_was_given()
    {
        _cache.Set(1, "one");
        _time.Advance(TimeSpan.FromMilliseconds(999));
        _cache.Find(1).ShouldBe("one");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _cache.Find(1).ShouldBeNull();
    }

    [Fact]
    public void A_removed_value_is_gone()
    {
        _cache.Set(1, "one");
        _cache.Remove(1);
        _cache.Find(1).ShouldBeNull();
    }

    [Fact]
    public void Removing_a_key_leaves_another_one_of_the_same_slot()
    {
        _cache.Set(1, "one");
        _cache.Remove(65);
        _cache.Find(1).ShouldBe("one");
    }

    [Fact]
    public void What_ends_before_its_time_is_counted_by_reason()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var exporter = new PrometheusExporter(meters, _time);
        exporter.Start();
        var cache = new ExpiringCache<int, string>("test", 64, TimeSpan.FromSeconds(1), _time, new GatewayMetrics(meters));
        cache.Set(1, "expires");
        _time.Advance(TimeSpan.FromSeconds(2));
        cache.Remove(1);
        cache.Set(2, "of an event");
        cache.Remove(2);
        cache.Remove(2);
        cache.Set(3, "cleared");
        cache.Set(4, "cleared");
        cache.Clear();

        exporter.Write().Split('\n').Where(static line => line.StartsWith("splitrail_cache_invalidations_total", StringComparison.Ordinal)).ShouldBe(
            ["splitrail_cache_invalidations_total{cache=\"test\",reason=\"event\"} 1", "splitrail_cache_invalidations_total{cache=\"test\",reason=\"cleared\"} 2"], ignoreOrder: true);
    }

    [Fact]
    public void It_never_holds_more_than_its_capacity()
    {
        for (var i = 0; i < 10_000; i++)
            _cache.Set(i, "x");

        _cache.Statistics().Size.ShouldBe(64);
    }

    [Fact]
    public void Hits_misses_and_size_are_counted()
    {
        _cache.Set(1, "one");
        _cache.Find(1);
        _cache.Find(2);
        _cache.Find(3);

        var statistics = _cache.Statistics();
        (statistics.Hits, statistics.Misses, statistics.Size).ShouldBe((1, 2, 1));
    }

    [Fact]
    public void Clearing_says_how_many_fresh_values_it_dropped()
    {
        _cache.Set(1, "old");
        _time.Advance(TimeSpan.FromSeconds(2));
        _cache.Set(2, "new");

        _cache.Clear().ShouldBe(1);
        _cache.Find(2).ShouldBeNull();
    }
}
