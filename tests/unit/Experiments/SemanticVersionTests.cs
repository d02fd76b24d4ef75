using Shouldly;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class SemanticVersionTests
{
    /// <summary>In the order that semver.org 2.0.0 section 11 gives.</summary>
    private static readonly string[] s_ordered =
    [
        "0.0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
    ];

    [Fact]
    public void Versions_are_ordered_as_the_specification_says()
    {
        for (var i = 0; i < s_ordered.Length; i++)
        {
            for (var j = 0; j < s_ordered.Length; j++)
                Compare(s_ordered[i], s_ordered[j]).ShouldBe(i.CompareTo(j), $"{s_ordered[i]} against {s_ordered[j]}");
        }
    }

    [Theory]
    [InlineData("v1.2", "1.2.0")]
    [InlineData("1", "1.0.0")]
    [InlineData("1.2.3+build.7", "1.2.3")]
    public void What_shops_write_is_understood(string written, string same) => Compare(written, same).ShouldBe(0);

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3.4")]
    [InlineData("1..2")]
    [InlineData("1.2.x")]
    [InlineData("-1.2")]
    [InlineData("1.2.3-")]
    [InlineData("99999999999.0.0")]
    public void What_is_no_version_is_not_read(string text) => SemanticVersion.TryRead(text, out _).ShouldBeFalse();

    private static int Compare(string one, string other)
    {
        SemanticVersion.TryRead(one, out var first).ShouldBeTrue(one);
        SemanticVersion.TryRead(other, out var second).ShouldBeTrue(other);
        return Math.Sign(first.CompareTo(second));
    }
}
