using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway;
using Splitrail.Gateway.Caching;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Caching;

public sealed class ContextCacheTests
{
    private static readonly UserContext s_context = GatewayBench.History(GatewayBench.Bought("a", 1));
    private readonly ContextCache _cache = new(new GatewayOptions(), new ManualTime(), GatewayBench.Metrics);

    [Theory]
    [InlineData("u", null)]
    [InlineData("u", "s")]
    [InlineData("u", "another session")]
    public void An_event_of_a_user_drops_the_context_whatever_its_session(string user, string? session)
    {
        _cache.Set("u", "s", s_context);
        _cache.Drop(user, session);
        _cache.Find("u", "s").ShouldBeNull();
    }

    [Fact]
    public void An_event_of_another_user_leaves_it()
    {
        _cache.Set("u", null, s_context);
        _cache.Drop("v", null);
        _cache.Find("u", null).ShouldBeSameAs(s_context);
    }

    [Fact]
    public void An_event_of_the_session_drops_a_guests_context()
    {
        _cache.Set(null, "s", s_context);
        _cache.Drop("u", "s");
        _cache.Find(null, "s").ShouldBeNull();
    }

    [Fact]
    public void A_session_of_the_name_of_a_user_is_not_that_user()
    {
        _cache.Set("x", null, s_context);
        _cache.Find(null, "x").ShouldBeNull();
    }

    [Fact]
    public void Another_session_of_the_user_has_another_context()
    {
        _cache.Set("u", "s", s_context);
        _cache.Find("u", "t").ShouldBeNull();
    }
}
