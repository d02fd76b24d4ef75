using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Audit;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Audit;

public sealed class JsonDifferenceTests
{
    [Fact]
    public void Differences_are_named_member_by_member()
    {
        var from = JsonElement.Parse("""{"a":1,"b":{"c":[1,2,{"d":3}]},"gone":true,"same":[1]}""");
        var to = JsonElement.Parse("""{"a":2,"b":{"c":[1,5,{"d":4},6]},"new":"x","same":[1.0]}""");
        JsonDifference.Between(from, to).Select(static one => $"{one.Member}: {one.From} > {one.To}")
            .ShouldBe(["a: 1 > 2", "b.c[1]: 2 > 5", "b.c[2].d: 3 > 4", "b.c[3]:  > 6", "gone: True > ", "new:  > x"]);
    }

    [Fact]
    public void What_was_not_there_is_one_difference() => JsonDifference.Between(null, JsonElement.Parse("{}")).ShouldHaveSingleItem().Member.ShouldBe("");
}
