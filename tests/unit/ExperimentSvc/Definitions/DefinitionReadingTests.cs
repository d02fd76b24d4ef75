using System.Text;
using Shouldly;
using Splitrail.ExperimentSvc.Definitions;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Definitions;

public sealed class DefinitionReadingTests
{
    private const string Good = """
        {"flags":{"ranking":false},"layers":[{"id":"l1","seed":"s","experiments":[{"id":"e1","hypothesis":"H.","state":"running","traffic":0.5,
        "arms":[{"id":"a","control":true,"share":0.5},{"id":"b","share":0.5,"parameters":{"mix":"als","ranker":"none"}}]}]}]}
        """;

    [Fact]
    public void The_built_in_definitions_are_valid() => DefinitionReading.Of(DefaultDefinitions.Json.Span).Faults.ShouldBeEmpty();

    [Fact]
    public void A_good_file_is_read_whole()
    {
        var file = Read(Good).File.ShouldNotBeNull();
        var experiment = file.Layers[0].Experiments[0];
        (experiment.Traffic, experiment.WantedState, experiment.Arms[1].Parameters.Mix, file.Flags["ranking"]).ShouldBe((0.5, ExperimentState.Running, "als", false));
    }

    [Theory]
    [InlineData("\"id\":\"l1\"", "\"id\":\"L 1\"", "'layers[0].id' is \"L 1\"")]
    [InlineData("\"seed\":\"s\"", "\"seed\":\"\"", "'layers[0].seed' is \"\"")]
    [InlineData("\"id\":\"e1\"", "\"id\":\"\"", "'layers[0].experiments[0].id' is \"\"")]
    [InlineData("\"hypothesis\":\"H.\"", "\"hypothesis\":\" \"", "must say in a sentence")]
    [InlineData("\"state\":\"running\"", "\"state\":\"going\"", "is \"going\": must be one of draft, review, running, paused, ended, archived, stopped")]
    [InlineData("\"traffic\":0.5", "\"traffic\":1.5", "traffic' is 1.5")]
    [InlineData("\"traffic\":0.5", "\"traffic\":0", "traffic' is 0")]
    [InlineData("\"control\":true,", "", "control' is 0: must be true for exactly one arm")]
    [InlineData("\"id\":\"b\"", "\"id\":\"b\",\"control\":true", "control' is 2")]
    [InlineData("\"id\":\"b\"", "\"id\":\"a\"", "arms[].id' is \"a\": is used 2 times")]
    [InlineData("\"id\":\"b\",\"share\":0.5", "\"id\":\"b\",\"share\":0.6", "0.5 + 0.6 = 1.1")]
    [InlineData("\"id\":\"b\",\"share\":0.5", "\"id\":\"b\",\"share\":-0.5", "arms[1].share' is -0.5")]
    [InlineData("\"mix\":\"als\"", "\"mix\":\"M!\"", "arms[1].parameters.mix' is \"M!\": does not exist: there is no mix 'M!': use als, default")]
    [InlineData("\"ranker\":\"none\"", "\"ranker\":\"best\"", "arms[1].parameters.ranker' is \"best\": does not exist")]
    [InlineData("\"ranking\":false", "\"rank\":false", "'flags.rank' is \"rank\": is unknown")]
    [InlineData("\"hypothesis\"", "\"hypotesis\"", "hypotesis")]
    [InlineData("\"share\":0.5}", "\"share\":\"half\"}", "share")]
    [InlineData("\"seed\":\"s\"", "\"seed\":null", "eed")]
    [InlineData("\"id\":\"l1\"", "\"id\":\"l1\",\"id\":\"l2\"", "id")]
    public void A_bad_value_is_quoted(string good, string bad, string expected)
    {
        Good.ShouldContain(good);
        var reading = Read(Good.Replace(good, bad, StringComparison.Ordinal));
        reading.File.ShouldBeNull();
        string.Join('\n', reading.Faults).ShouldContain(expected);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var bad = Good.Replace("\"seed\":\"s\"", "\"seed\":\"\"", StringComparison.Ordinal)
            .Replace("running", "going", StringComparison.Ordinal).Replace("\"share\":0.5,", "\"share\":0.2,", StringComparison.Ordinal);
        Read(bad).Faults.Count.ShouldBe(3);
    }

    [Fact]
    public void Experiments_of_two_layers_may_not_share_an_id()
    {
        var layer = Good[Good.IndexOf("{\"id\":\"l1\"", StringComparison.Ordinal)..Good.LastIndexOf(']')];
        var two = Good.Replace(layer, $"{layer},{layer.Replace("l1", "l2", StringComparison.Ordinal)}", StringComparison.Ordinal);
        Read(two).Faults.ShouldHaveSingleItem().ShouldContain("\"e1\": is used 2 times");
    }

    [Fact]
    public void Shares_that_miss_one_by_rounding_are_fine() =>
        Read(Good.Replace("\"id\":\"b\",\"share\":0.5", "\"id\":\"b\",\"share\":0.5000004", StringComparison.Ordinal)).Faults.ShouldBeEmpty();

    private static DefinitionReading Read(string json) => DefinitionReading.Of(Encoding.UTF8.GetBytes(json));
}
