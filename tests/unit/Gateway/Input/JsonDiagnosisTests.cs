using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using Splitrail.Gateway;
using Splitrail.Gateway.Recommendations;
using Splitrail.Input;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Input;

public sealed class JsonDiagnosisTests
{
    private static readonly JsonTypeInfo<RecommendationRequest> s_type = TypeOf();

    [Theory]
    [InlineData("""{"user_id":5}""", "user_id", "must be a text")]
    [InlineData("""{"num_items":1.5}""", "num_items", "must be a whole number")]
    [InlineData("""{"num_items":99999999999}""", "num_items", "must be a whole number")]
    [InlineData("""{"num_items":"10"}""", "num_items", "must be a whole number")]
    [InlineData("""{"explain":"yes"}""", "explain", "must be true or false")]
    [InlineData("""{"session_items":"a"}""", "session_items", "must be a list")]
    [InlineData("""{"session_items":["a",{"b":1}]}""", "session_items[1]", "must be a text")]
    [InlineData("""{"filters":[]}""", "filters", "must be an object")]
    [InlineData("""{"filters":{"max_price":"9"}}""", "filters.max_price", "must be a number")]
    [InlineData("""{"filters":{"max_prise":9}}""", "filters.max_prise", "is not a member here")]
    [InlineData("""{"User_Id":"a"}""", "User_Id", "is not a member here")]
    [InlineData("""{"context":{"page":"a","page":"b"}}""", "context.page", "is given more than once")]
    [InlineData("""{"user_id":"\udc00"}""", "user_id", "must be a text")]
    [InlineData("""["a"]""", "body", "must be an object")]
    [InlineData("""{"user_id":"a",}""", "body", "well-formed JSON")]
    [InlineData("""{"user_id":"a"} {}""", "body", "well-formed JSON")]
    [InlineData("", "body", "well-formed JSON")]
    public void The_first_fault_is_named_with_its_member_and_rule(string body, string member, string rule)
    {
        StrictJson.Parse(Encoding.UTF8.GetBytes(body), s_type, out var fault).ShouldBeNull();

        fault.ShouldNotBeNull().Member.ShouldBe(member);
        fault.Rule.ShouldContain(rule);
    }

    [Fact]
    public void Nesting_beyond_all_sense_is_refused_too()
    {
        var body = string.Concat(Enumerable.Repeat("[", 200_000));

        StrictJson.Parse(Encoding.UTF8.GetBytes(body), s_type, out var fault).ShouldBeNull();

        fault.ShouldNotBeNull().Member.ShouldBe("body");
    }

    private static JsonTypeInfo<RecommendationRequest> TypeOf()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        GatewayJson.MakeStrict(options);
        return (JsonTypeInfo<RecommendationRequest>)options.GetTypeInfo(typeof(RecommendationRequest));
    }
}
