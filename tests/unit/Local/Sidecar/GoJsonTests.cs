using System.Text;
using System.Text.Json;
using Shouldly;
using Splitrail.Local.Sidecar.Json;
using Xunit;

namespace Splitrail.Tests.Unit.Local.Sidecar;

public sealed class GoJsonTests
{
    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("12345678901234567890", "12345678901234567000")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("0.1000000000000000055", "0.1")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000012345", "0.0000012345")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("-1.5e-10", "-1.5e-10")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("0", "0")]
    public void Numbers_of_state_go_through_a_float64(string written, string stored) => Write(GoJson.InMemoryState, written).ShouldBe(stored);

    [Fact]
    public void Numbers_of_events_keep_their_text() => Write(GoJson.Event, "12345678901234567890").ShouldBe("12345678901234567890");

    [Fact]
    public void Members_are_sorted_and_the_last_of_a_name_wins() => Write(GoJson.Event, """{"b":1,"a":{"y":1,"x":[2,1]},"b":3}""").ShouldBe("""{"a":{"x":[2,1],"y":1},"b":3}""");

    [Fact]
    public void Only_what_must_be_escaped_is() =>
        Write(GoJson.Event, """["\u00e9\ud83d\ude00\u0001\u2028\t\"\\<"]""").ShouldBe("[\"é😀\\u0001\\u2028\\t\\\"\\\\\\u003c\"]");

    [Theory]
    [InlineData("", "EOF")]
    [InlineData("  ", "EOF")]
    [InlineData("[{\"key\":\"k1\",", "unexpected EOF")]
    [InlineData("{\"operations\":", "unexpected EOF")]
    [InlineData("{oops", "invalid character 'o' looking for beginning of object key string")]
    [InlineData("oops", "invalid character 'o' looking for beginning of value")]
    public void Faults_are_told_in_the_words_of_Go(string body, string fault) => GoJsonFault.Describe(Encoding.UTF8.GetBytes(body)).ShouldBe(fault);

    private static string Write(GoJson style, string json)
    {
        using var document = JsonDocument.Parse(json);
        return Encoding.UTF8.GetString(style.Write(document.RootElement));
    }
}
