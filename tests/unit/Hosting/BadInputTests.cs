using Shouldly;
using Splitrail.Hosting;
using Xunit;

namespace Splitrail.Tests.Unit.Hosting;

public sealed class BadInputTests
{
    [Fact]
    public void The_problem_names_the_member_the_value_and_the_rule()
    {
        var problem = BadInput.Problem("num_items", 10_001, "must be from 1 to 500.").ProblemDetails;

        problem.Status.ShouldBe(400);
        problem.Detail.ShouldBe("'num_items' is 10001: must be from 1 to 500.");
        problem.Extensions["member"].ShouldBe("num_items");
    }

    [Fact]
    public void A_value_with_control_characters_becomes_one_printable_line() => BadInput.Show("a\0b\nc").ShouldBe("\"a\uFFFDb\uFFFDc\"");

    [Fact]
    public void A_long_value_is_cut() => BadInput.Show(new string('x', 5_000)).Length.ShouldBeLessThan(110);
}
