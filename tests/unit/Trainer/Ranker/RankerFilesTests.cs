using Shouldly;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Trainer;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Ranker.Quantised;
using Splitrail.Trainer.Ranker.Trees;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class RankerFilesTests : IDisposable
{
    private static readonly int s_width = ShopFeatures.Set.Width;
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-ranker-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_network_gets_both_precisions_its_gate_and_what_drift_is_measured_against()
    {
        var card = RankerFiles.Write(_folder, Outcome(RandomRankers.Network(1, s_width, 16, 1)), RankerCard.FullPrecision, new QuantisationOptions(PerChannel: true));

        Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["drift.json", "ranker-int8.onnx", "ranker.onnx"]);
        card.FileName.ShouldBe("ranker.onnx");
        card.Int8Gate.ShouldNotBeNull().Contexts.ShouldBe(30);
        card.Int8Gate.Weights.ShouldBe("per_channel");
        card.CalibrationError.ShouldBe(0.01);
        DriftReference.Read(_folder).ShouldNotBeNull().FeatureSet.ShouldBe("two");
    }

    [Fact]
    public void Trees_have_no_small_file_and_cannot_be_asked_for_one()
    {
        var outcome = Outcome(new RankerModel(new TreeEnsemble(s_width, 0.5f, [new Tree([TreeNode.Leaf(1f)])])));
        RankerFiles.Write(_folder, outcome, RankerCard.FullPrecision, new QuantisationOptions()).Int8Gate.ShouldBeNull();
        File.Exists(Path.Combine(_folder, ModelStore.QuantisedRankerName)).ShouldBeFalse();
        Should.Throw<InputException>(() => RankerFiles.Write(_folder, outcome, RankerCard.Quantised, new QuantisationOptions())).Message.ShouldContain("no layers to quantise");
    }

    [Fact]
    public void Eight_bits_that_fail_their_gate_are_not_served()
    {
        var outcome = Outcome(RandomRankers.Network(1, s_width, 16, 1)) with { Lists = [] };
        Should.Throw<InputException>(() => RankerFiles.Write(_folder, outcome, RankerCard.Quantised, new QuantisationOptions())).Message.ShouldContain("over 0 lists; serve fp32");
        RankerFiles.Write(_folder, outcome, RankerCard.FullPrecision, new QuantisationOptions()).Int8Gate.ShouldNotBeNull().Passed.ShouldBeFalse();
    }

    private static RankerOutcome Outcome(RankerModel model) => new(
        new TrainedRanker("mlp", model, 0.01, 0.02),
        [.. Enumerable.Range(0, 30).Select(seed => new CandidateList([.. Enumerable.Range(0, 40)], RandomRankers.Rows(seed, 40, s_width), new HashSet<int> { seed }))],
        new DriftReference("two", 1, [], new ValueDistribution("score", [], [1.0], 0.5)));
}
