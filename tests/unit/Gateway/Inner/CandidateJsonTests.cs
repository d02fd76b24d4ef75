using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Gateway.Inner;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Inner;

public sealed class CandidateJsonTests
{
    [Fact]
    public void It_reads_what_the_plain_contract_reads()
    {
        string[][] sources = [["als"], ["als", "popular"], ["popular", "als"], [], ["ä\"\\", "als"], [.. Enumerable.Range(0, 12).Select(static i => $"s{i}")], [new string('x', 100)]];
        var written = new CandidateResponse(
            Outcomes.Found, "m", ["als", "ease"], [.. sources.Select(static (names, i) => new Candidate($"i{i}", i, [.. Enumerable.Repeat(0.1f * i, i)], names))]);

        var read = RoundTrip(written);

        read.Signals.ShouldBe(written.Signals);
        for (var i = 0; i < sources.Length; i++)
        {
            read.Items[i].Sources.ShouldBe(sources[i]);
            read.Items[i].Signals.ShouldBe(written.Items[i].Signals);
        }
    }

    [Fact]
    public void Equal_lists_of_sources_are_one_list()
    {
        var read = RoundTrip(new CandidateResponse(Outcomes.Found, "m", [], [new("a", 1, [], ["x", "y"]), new("b", 1, [], ["x", "y"])]));

        read.Items[0].Sources.ShouldBeSameAs(read.Items[1].Sources);
    }

    [Fact]
    public void More_names_than_the_table_holds_are_read_plainly()
    {
        var items = Enumerable.Range(0, 500).Select(static i => new Candidate($"i{i}", 1, [], [$"name-{i}", "als"])).ToArray();

        var read = RoundTrip(new CandidateResponse(Outcomes.Found, "m", [], items));

        for (var i = 0; i < items.Length; i++)
            read.Items[i].Sources.ShouldBe([$"name-{i}", "als"]);
    }

    [Theory]
    [InlineData("""{"outcome":"found","signals":[],"items":[{"item_id":"a","score":1,"signals":["x"],"sources":[]}]}""")]
    [InlineData("""{"outcome":"found","signals":[],"items":[{"item_id":"a","score":1,"signals":[],"sources":[null]}]}""")]
    [InlineData("""{"outcome":"found","signals":[],"items":[{"item_id":"a","score":1,"signals":{},"sources":[]}]}""")]
    [InlineData("""{"outcome":"found","signals":[],"items":[{"item_id":"a","score":1,"signals":[],"sources":"als"}]}""")]
    public void What_is_no_candidate_is_bad_JSON(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize(json, CandidateJson.Response));

    private static CandidateResponse RoundTrip(CandidateResponse written) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(written, ContractsJson.Default.CandidateResponse), CandidateJson.Response)!;
}
