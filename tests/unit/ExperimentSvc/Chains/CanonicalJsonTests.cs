using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Chains;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Chains;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": [ 2, { "d": null, "c": true } ] }""", """{"a":[2,{"c":true,"d":null}],"b":1}""")]
    [InlineData("""{"B":1,"a":2,"_":3}""", """{"B":1,"_":3,"a":2}""")]
    [InlineData("""{"n":1.50,"m":1e3}""", """{"m":1e3,"n":1.50}""")]
    [InlineData("""{"ü":"\u00fc\/'<"}""", """{"ü":"ü/'<"}""")]
    public void One_value_has_one_text(string json, string canonical)
    {
        CanonicalJson.Of(JsonElement.Parse(json)).ShouldBe(canonical);
        CanonicalJson.Of(JsonElement.Parse(canonical)).ShouldBe(canonical);
    }
}
