using System.Text;
using Shouldly;
using Splitrail.ExperimentSvc.Definitions;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Definitions;

public sealed class DefinitionReadingTests
{
    private const string Good = """
        {"flags":{"ranking":false},"layers":[{"id":"l1","seed":"s","experiments":[{"id":"e1","hypothesis":"H.","state":"running","traffic":0.5,
        "arms":[{"id":"a","control":true,"share":0.5},{"id":"b","share":0.5,"parameters":{"mix":"m","ranker":"none"}}]}]}]}
        """;

    [Fact]
    public void The_built_in_definitions_are_valid() => DefinitionReading.Of(DefaultDefinitions.Json.Span).Faults.ShouldBeEmpty();

    [Fact]
    public void A_good_file_is_read_whole()
    {
        var file = Read(Good).File.ShouldNotBeNull();
        var experiment = file.Layers[0].Experiments[0];
        (experiment.Traffic, experiment.IsRunning, experiment.Arms[1].Parameters.Mix, file.Flags["ranking"]).ShouldBe((0.5, true, "m", false));
    }

    [Theory]
    [InlineData("\"id\":\"l1\"", "\"id\":\"L 1\"", "Layer \"L 1\" has a bad id")]
    [InlineData("\"seed\":\"s\"", "\"seed\":\"\"", "seed \"\"")]
    [InlineData("\"id\":\"e1\"", "\"id\":\"\"", "Experiment \"\" has a bad id")]
    [InlineData("\"hypothesis\":\"H.\"", "\"hypothesis\":\" \"", "no hypothesis")]
    [InlineData("\"state\":\"running\"", "\"state\":\"going\"", "\"going\": use draft, running, stopped")]
    [InlineData("\"traffic\":0.5", "\"traffic\":1.5", "traffic of 1.5")]
    [InlineData("\"traffic\":0.5", "\"traffic\":0", "traffic of 0")]
    [InlineData("\"control\":true,", "", "0 controls")]
    [InlineData("\"id\":\"b\"", "\"id\":\"b\",\"control\":true", "2 controls")]
    [InlineData("\"id\":\"b\"", "\"id\":\"a\"", "arm id \"a\" is used 2 times")]
    [InlineData("\"id\":\"b\",\"share\":0.5", "\"id\":\"b\",\"share\":0.6", "0.5 + 0.6 = 1.1")]
    [InlineData("\"id\":\"b\",\"share\":0.5", "\"id\":\"b\",\"share\":-0.5", "share of -0.5")]
    [InlineData("\"mix\":\"m\"", "\"mix\":\"M!\"", "mix \"M!\"")]
    [InlineData("\"ranking\":false", "\"rank\":false", "Flag \"rank\" is unknown")]
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
        Read(two).Faults.ShouldHaveSingleItem().ShouldContain("Experiment id \"e1\" is used 2 times");
    }

    [Fact]
    public void Running_experiments_of_a_layer_share_its_traffic()
    {
        var start = Good.IndexOf("{\"id\":\"e1\"", StringComparison.Ordinal);
        var experiment = Good[start..Good.LastIndexOf("]}]}", StringComparison.Ordinal)];
        var other = experiment.Replace("e1", "e2", StringComparison.Ordinal).Replace("\"traffic\":0.5", "\"traffic\":0.6", StringComparison.Ordinal);
        Read(Good.Replace(experiment, $"{experiment},{other}", StringComparison.Ordinal)).Faults.ShouldHaveSingleItem().ShouldContain("1.1 together");
    }

    [Fact]
    public void Shares_that_miss_one_by_rounding_are_fine() =>
        Read(Good.Replace("\"id\":\"b\",\"share\":0.5", "\"id\":\"b\",\"share\":0.5000004", StringComparison.Ordinal)).Faults.ShouldBeEmpty();

    private static DefinitionReading Read(string json) => DefinitionReading.Of(Encoding.UTF8.GetBytes(json));
}
