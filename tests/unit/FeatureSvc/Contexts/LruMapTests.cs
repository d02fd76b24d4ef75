using Shouldly;
using Splitrail.FeatureSvc.Contexts;
using Xunit;

namespace Splitrail.Tests.Unit.FeatureSvc.Contexts;

public sealed class LruMapTests
{
    [Fact]
    public void The_least_recently_used_entry_goes_first()
    {
        var map = new LruMap<string, int>(2);
        map.Set("a", 1);
        map.Set("b", 2);
        map.TryGet("a", out _).ShouldBeTrue();
        map.Set("c", 3);
        map.TryGet("b", out _).ShouldBeFalse();
        (map.TryGet("a", out var a), a, map.Count).ShouldBe((true, 1, 2));
    }

    [Fact]
    public void Setting_a_key_again_replaces_its_value_and_drops_nobody()
    {
        var map = new LruMap<string, int>(2);
        map.Set("a", 1);
        map.Set("b", 2);
        map.Set("a", 3);
        (map.TryGet("a", out var a), a, map.TryGet("b", out _)).ShouldBe((true, 3, true));
    }
}
