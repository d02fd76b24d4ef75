using Shouldly;
using Splitrail.Models;
using Splitrail.RankingSvc.Batching;
using Splitrail.RankingSvc.Serving;
using Splitrail.Tests.Unit.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Serving;

public sealed class RankerFileTests : IDisposable
{
    private const string Full = ModelStore.RankerName, Quantised = ModelStore.QuantisedRankerName;
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-precision-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Auto", RankerCard.FullPrecision, true, Full)]
    [InlineData("Auto", RankerCard.Quantised, true, Quantised)]
    [InlineData("Auto", RankerCard.Quantised, false, Full)]
    [InlineData("Int8", RankerCard.FullPrecision, true, Quantised)]
    [InlineData("Int8", RankerCard.FullPrecision, false, Full)]
    [InlineData("Fp32", RankerCard.Quantised, true, Full)]
    public void The_option_chooses_and_the_gate_decides(string option, string card, bool passed, string file)
    {
        File.WriteAllText(Path.Combine(_folder, Full), "");
        File.WriteAllText(Path.Combine(_folder, Quantised), "");
        Path.GetFileName(RankerFile.Of(Bundle(card, passed), Enum.Parse<Precision>(option))).ShouldBe(file);
    }

    [Fact]
    public void Without_a_quantised_file_the_full_one_serves_and_without_any_none()
    {
        RankerFile.Of(Bundle(RankerCard.Quantised, passed: true), Precision.Int8).ShouldBeNull();
        File.WriteAllText(Path.Combine(_folder, Full), "");
        Path.GetFileName(RankerFile.Of(Bundle(RankerCard.Quantised, passed: true), Precision.Int8)).ShouldBe(Full);
    }

    private RankingBundle Bundle(string precision, bool passed)
    {
        var model = RetrievalTestModels.Chain();
        var manifest = new ModelManifest(
            "v1", DateTimeOffset.UnixEpoch, "test", "00", "none", 40, 1, 1, [], new Dictionary<string, double>(), new Dictionary<string, double>())
        {
            Ranker = new RankerCard("mlp", precision, 0.01, 0.02, new QuantisationGate("per_tensor", 8, 0, passed ? 1 : 0, 100, passed)),
        };
        return new RankingBundle(manifest, _folder, model.Items, model.Statistics);
    }
}
