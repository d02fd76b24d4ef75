using Shouldly;
using Splitrail.CandidateSvc.Search.Spelling;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("lantern", "lantern", 0)]
    [InlineData("lantern", "lantren", 1)]
    [InlineData("lantern", "lanern", 1)]
    [InlineData("lantern", "lannterns", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "", 2)]
    public void The_distance_is_the_fewest_edits(string a, string b, int distance)
    {
        EditDistance.Of(a, b, distance).ShouldBe(distance);
        EditDistance.Of(b, a, distance).ShouldBe(distance);
        if (distance > 0)
            EditDistance.Of(a, b, distance - 1).ShouldBe(distance);
    }

    [Fact]
    public void Words_longer_than_any_real_one_are_never_close() =>
        EditDistance.Of(new string('a', 61), new string('a', 61), 2).ShouldBe(3);
}
