using Shouldly;
using Splitrail.Contracts;
using Splitrail.FeatureSvc;
using Splitrail.FeatureSvc.Contexts;
using Splitrail.Sql;
using Xunit;

namespace Splitrail.Tests.Unit.FeatureSvc.Contexts;

public sealed class ContextCacheTests
{
    private static readonly ContextRequest s_anna = new("anna", "s1");
    private readonly ManualClock _clock = new();
    private readonly ContextCache _cache;

    public ContextCacheTests()
    {
        var sql = new SqlOptions("unused.db", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _cache = new ContextCache(new FeatureOptions(sql, null, 10, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), _clock);
        Keep(s_anna);
    }

    [Fact]
    public void An_entry_lives_its_time_and_no_longer()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        _cache.TryGet(s_anna, out _).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        _cache.TryGet(s_anna, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("anna", null)]
    [InlineData(null, "s1")]
    [InlineData("anna", "another")]
    public void An_event_of_the_user_or_of_the_session_ends_it(string? user, string? session)
    {
        _cache.Invalidate(new ShopEvent("1", EventTypes.View, user, session, "a", 1));
        _cache.TryGet(s_anna, out _).ShouldBeFalse();
    }

    [Fact]
    public void An_event_stored_while_the_database_was_read_makes_the_result_stale()
    {
        var stamp = _cache.StampOf(s_anna);
        _cache.Invalidate(new ShopEvent("1", EventTypes.View, "anna", null, "a", 1));
        _cache.Set(s_anna, stamp, _clock.GetTimestamp(), UserContext.Empty);
        _cache.TryGet(s_anna, out _).ShouldBeFalse();
    }

    private void Keep(ContextRequest key) => _cache.Set(key, _cache.StampOf(key), _clock.GetTimestamp(), UserContext.Empty);

    private sealed class ManualClock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
