using Shouldly;
using Splitrail.Models;
using Xunit;

namespace Splitrail.Tests.Unit.Models;

public sealed class DriftReferenceTests : IDisposable
{
    private static readonly ValueDistribution s_scores = new("score", [0.1f, 0.5f], [0.5, 0.3, 0.2], 0.2);
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-drift-").FullName;

    [Theory]
    [InlineData(-3f, 0)]
    [InlineData(0.1f, 0)]
    [InlineData(0.11f, 1)]
    [InlineData(0.5f, 1)]
    [InlineData(7f, 2)]
    [InlineData(float.NaN, 2)]
    public void A_value_falls_into_the_bin_whose_upper_edge_it_does_not_pass(float value, int bin) => s_scores.BinOf(value).ShouldBe(bin);

    [Fact]
    public void The_index_is_nothing_for_the_same_shares_and_large_for_others()
    {
        s_scores.StabilityIndex([500, 300, 200]).ShouldBe(0, 1e-12);
        s_scores.StabilityIndex([480, 320, 200]).ShouldBeLessThan(0.1);
        s_scores.StabilityIndex([0, 100, 900]).ShouldBeGreaterThan(0.25);
        s_scores.StabilityIndex([0, 0, 0]).ShouldBe(0);
    }

    [Fact]
    public void It_is_read_back_as_it_was_written()
    {
        var written = new DriftReference("shop-v1", 1000, [new("als", [], [1.0], 0.25)], s_scores);
        DriftReference.Write(_folder, written);

        var read = DriftReference.Read(_folder).ShouldNotBeNull();

        read.Rows.ShouldBe(1000);
        read.Features.Single().Edges.ShouldBeEmpty();
        read.Scores.Edges.ShouldBe(s_scores.Edges);
        read.Scores.Shares.ShouldBe(s_scores.Shares);
    }

    [Fact]
    public void A_folder_without_one_has_none_and_a_broken_one_is_refused()
    {
        DriftReference.Read(_folder).ShouldBeNull();
        File.WriteAllText(Path.Combine(_folder, ModelStore.DriftName), "{");
        Should.Throw<ModelException>(() => DriftReference.Read(_folder)).Message.ShouldContain("not a drift reference");
        DriftReference.Write(_folder, new DriftReference("shop-v1", 1, [], s_scores with { Edges = [0.5f, 0.1f] }));
        Should.Throw<ModelException>(() => DriftReference.Read(_folder)).Message.ShouldContain("edges do not rise");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
