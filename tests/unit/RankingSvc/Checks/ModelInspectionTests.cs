using Shouldly;
using Splitrail.Features;
using Splitrail.RankingSvc.Checks;
using Splitrail.Tests.Unit.Trainer.Ranker;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Checks;

public sealed class ModelInspectionTests : IDisposable
{
    private readonly string _models = Directory.CreateTempSubdirectory("splitrail-inspection-").FullName;

    public void Dispose() => Directory.Delete(_models, recursive: true);

    [Fact]
    public void A_sound_model_has_no_fault() => FaultOf(Network().ToOnnx(ShopFeatures.Set.Metadata)).ShouldBeNull();

    [Fact]
    public void A_weight_that_is_not_a_number_is_found_even_where_a_ReLU_would_swallow_it()
    {
        var network = Network();
        ((Network)network.Scorer).Layers[0].Weights[5] = float.NaN;
        FaultOf(network.ToOnnx(ShopFeatures.Set.Metadata))!.ShouldContain("not a finite number");
    }

    [Fact]
    public void A_model_cut_short_after_its_hash_was_taken_is_refused()
    {
        var whole = Network().ToOnnx(ShopFeatures.Set.Metadata);
        for (var length = 0; length < whole.Length; length += whole.Length / 7)
            FaultOf(whole[..length]).ShouldNotBeNull();
    }

    [Fact]
    public void A_file_changed_after_publishing_is_refused_by_its_hash()
    {
        var folder = RankingModels.Publish(_models, "v1", Network().ToOnnx(ShopFeatures.Set.Metadata));
        File.AppendAllText(Path.Combine(folder, "ranker.onnx"), "x");
        ModelInspection.FaultOf(folder, 1 << 20)!.ShouldContain("is damaged");
    }

    [Fact]
    public void A_model_of_another_feature_set_is_refused() =>
        FaultOf(Network().ToOnnx(new Dictionary<string, string>(ShopFeatures.Set.Metadata) { [FeatureSet.NameKey] = "shop-v0" }))!.ShouldContain("'shop-v0'");

    [Fact]
    public void An_unknown_operator_is_refused_with_the_message_of_the_runtime() =>
        FaultOf(RankingModels.Onnx(graph => graph.Add("Sigmoid", graph.Add("Hallucinate", graph.Input))))!.ShouldContain("Hallucinate");

    [Fact]
    public void Scores_that_are_no_probabilities_are_refused() =>
        FaultOf(RankingModels.Onnx(graph => graph.Add("Gather", ("axis", 1), graph.Input, graph.Longs(0))))!.ShouldContain("no probability");

    [Fact]
    public void A_file_of_two_gigabytes_is_refused_unread()
    {
        var folder = RankingModels.Publish(_models, "v1", [1]);
        using (var sparse = new FileStream(Path.Combine(folder, "ranker.onnx"), FileMode.Open))
            sparse.SetLength(2L << 30);
        ModelInspection.FaultOf(folder, VerifyModelCommand.LargestRanker)!.ShouldContain("ranker.onnx has 2147483648 bytes; a ranker has 268435456 at most");
    }

    [Fact]
    public void A_version_that_is_not_there_is_refused() => ModelInspection.FaultOf(Path.Combine(_models, "v9"), 1 << 20)!.ShouldContain("'v9' is not in");

    private static RankerModel Network() => RandomRankers.Network(1, ShopFeatures.Set.Width, 16, 8, 1);

    private string? FaultOf(byte[] ranker) => ModelInspection.FaultOf(RankingModels.Publish(_models, $"v{Directory.GetDirectories(_models).Length}", ranker), 1 << 20);
}
