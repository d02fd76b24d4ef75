using Shouldly;
using Splitrail.RankingSvc.Serving;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Serving;

public sealed class ModelShelfTests
{
    private readonly Dictionary<string, long> _sizes = new() { ["a"] = 10, ["b"] = 10, ["c"] = 10, ["d"] = 10, ["big"] = 100 };

    [Fact]
    public void What_was_wanted_before_is_kept_the_last_used_first_while_there_is_room()
    {
        var shelf = new ModelShelf(30);
        Plan(shelf, "a").ShouldBe(["a"]);
        Plan(shelf, "b").ShouldBe(["b", "a"]);
        Plan(shelf, "c").ShouldBe(["c", "b", "a"]);
        Plan(shelf, "d").ShouldBe(["d", "c", "b"]);
        Plan(shelf, "b").ShouldBe(["b", "d", "c"]);
    }

    [Fact]
    public void Of_those_wanted_the_least_needed_is_left_out() => Plan(new ModelShelf(25), "a", "b", "c").ShouldBe(["a", "b"]);

    [Fact]
    public void The_first_is_kept_whatever_it_takes() => Plan(new ModelShelf(25), "big", "a").ShouldBe(["big"]);

    [Fact]
    public void A_smaller_one_takes_the_room_that_a_larger_one_has_not() => Plan(new ModelShelf(25), "a", "big", "b").ShouldBe(["a", "b"]);

    [Fact]
    public void A_version_that_is_gone_takes_no_room()
    {
        var shelf = new ModelShelf(20);
        Plan(shelf, "a");
        _sizes.Remove("a");
        Plan(shelf, "b", "c").ShouldBe(["b", "c"]);
    }

    private IReadOnlyList<string> Plan(ModelShelf shelf, params string[] wanted) => shelf.Plan(wanted, version => _sizes.TryGetValue(version, out var size) ? size : null);
}
