using Shouldly;
using Splitrail.Policies;
using Xunit;

namespace Splitrail.Tests.Unit.Policies;

public sealed class PolicyTableTests
{
    [Fact]
    public void An_unknown_name_throws_with_the_known_ones()
    {
        var table = new PolicyTable<Named>("source", [new("popular"), new("als")]);

        Should.Throw<KeyNotFoundException>(() => table.Get("popularr")).Message.ShouldBe("Unknown source 'popularr'. Known: als, popular.");
        table.Find("popularr").ShouldBeNull();
        table.Get("als").Name.ShouldBe("als");
    }

    [Fact]
    public void Two_policies_of_one_name_throw()
    {
        var both = () => new PolicyTable<Named>("source", [new("als"), new("als")]);

        both.ShouldThrow<ArgumentException>().Message.ShouldContain("'als'");
    }

    private sealed record Named(string Name) : INamedPolicy;
}
