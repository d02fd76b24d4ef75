using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Unit.Contracts;

public sealed class CandidateColumnsTests
{
    private static readonly CandidateColumns s_columns =
        CandidateColumns.Of(["a", "b"], ["als", "ease", "rank"], ["als", "popular"], [1.5f, -0.1f], [1f, 2f, 3f, 4f, 5f, float.Epsilon], [0b10, 0b11]);

    [Fact]
    public void What_is_written_as_JSON_is_read_bit_by_bit()
    {
        var response = JsonSerializer.Deserialize(
            JsonSerializer.SerializeToUtf8Bytes(new CandidateResponse(Outcomes.Found, "m", s_columns), ContractsJson.Default.CandidateResponse),
            ContractsJson.Default.CandidateResponse)!;

        var read = response.Candidates;
        read.Fault().ShouldBeNull();
        read.ItemIds.ShouldBe(["a", "b"]);
        read.Signals.ShouldBe(["als", "ease", "rank"]);
        read.Sources.ShouldBe(["als", "popular"]);
        (read.ScoreOf(0), read.ScoreOf(1)).ShouldBe((1.5f, -0.1f));
        read.SignalsOf(0).ToArray().ShouldBe([1f, 2f, 3f]);
        read.SignalsOf(1).ToArray().ShouldBe([4f, 5f, float.Epsilon]);
        (read.SourcesOf(0), read.SourcesOf(1)).ShouldBe((0b10U, 0b11U));
    }

    [Fact]
    public void The_bytes_are_little_endian() =>
        CandidateColumns.Of(["a"], [], ["als"], [1f], [], [1]).ShouldSatisfyAllConditions(
            static columns => columns.Scores.ShouldBe([0, 0, 0x80, 0x3F]),
            static columns => columns.SourceMasks.ShouldBe([1, 0, 0, 0]));

    [Fact]
    public void None_at_all_are_well_formed() => CandidateColumns.Empty.Fault().ShouldBeNull();

    [Fact]
    public void Thirty_two_sources_fit_a_mask_and_one_more_does_not()
    {
        string[] names = [.. Enumerable.Range(0, 33).Select(static i => $"s{i}")];
        CandidateColumns.Of(["a"], [], names[..32], [1f], [], [uint.MaxValue]).Fault().ShouldBeNull();
        CandidateColumns.Of(["a"], [], names, [1f], [], [1]).Fault()!.ShouldContain("33 sources");
    }

    public static TheoryData<CandidateColumns, string> Malformed => new()
    {
        { s_columns with { ItemIds = null! }, "missing" },
        { s_columns with { Signals = null! }, "missing" },
        { s_columns with { Sources = null! }, "missing" },
        { s_columns with { Scores = null! }, "missing" },
        { s_columns with { SignalValues = null! }, "missing" },
        { s_columns with { SourceMasks = null! }, "missing" },
        { s_columns with { ItemIds = ["a", null!] }, "null" },
        { s_columns with { Signals = ["als", null!, "rank"] }, "null" },
        { s_columns with { ItemIds = ["a"] }, "1 items" },
        { s_columns with { Scores = new byte[9] }, "9 bytes of scores" },
        { s_columns with { SourceMasks = [] }, "0 of sources" },
        { s_columns with { Signals = ["als"] }, "24 bytes of values" },
        { s_columns with { Scores = [0, 0, 0x80, 0x7F, 0, 0, 0, 0] }, "finite" },
        { s_columns with { SignalValues = [.. Enumerable.Repeat((byte)0xFF, 24)] }, "finite" },
        { s_columns with { Sources = ["als"] }, "mask" },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public void Columns_that_do_not_fit_together_are_told(CandidateColumns columns, string told) => columns.Fault()!.ShouldContain(told);
}
