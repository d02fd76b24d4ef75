using Shouldly;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.Models;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Registry;

public sealed class MetricGatesTests
{
    private static readonly ModelManifest s_production = Manifest(("ndcg_at_10_two_stage", 0.2), ("latency_p50_us", 100));

    [Theory]
    [InlineData(0.2, 100, true, true)]
    [InlineData(0.197, 149, true, true)]
    [InlineData(0.195, 151, false, false)]
    public void Quality_and_latency_are_held_against_production(double ndcg, double latency, bool quality, bool fast)
    {
        var gates = MetricGates.Of(Manifest(("ndcg_at_10_two_stage", ndcg), ("latency_p50_us", latency)), s_production, RegistryOptions.Default).ToDictionary(static gate => gate.Name);
        (gates[GateNames.Quality].Passed, gates[GateNames.Latency].Passed).ShouldBe((quality, fast));
        gates[GateNames.Quality].MayOverride.ShouldBeTrue();
    }

    [Fact]
    public void Without_anything_to_compare_with_a_gate_is_open_and_says_so()
    {
        MetricGates.Of(s_production, null, RegistryOptions.Default).ShouldAllBe(static gate => gate.Passed);
        MetricGates.Of(Manifest(("loss", 3)), s_production, RegistryOptions.Default).Single(static gate => gate.Name == GateNames.Quality).Detail.ShouldContain("no such metric");
    }

    [Fact]
    public void A_model_of_two_gigabytes_is_too_large()
    {
        var large = s_production with { Files = [new ModelFile("ranker.onnx", 2L << 30, "")] };
        MetricGates.Of(large, null, RegistryOptions.Default).Single(static gate => gate.Name == GateNames.Size).ShouldSatisfyAllConditions(
            static gate => gate.Passed.ShouldBeFalse(), static gate => gate.MayOverride.ShouldBeFalse());
    }

    [Theory]
    [InlineData(0.0005, 0.97, true)]
    [InlineData(-0.002, 0.97, false)]
    [InlineData(0.0005, 0.9, false)]
    public void A_quantised_ranker_must_order_as_the_full_one(double delta, double overlap, bool passed)
    {
        // The manifest's own word is not taken for it.
        var gate = new QuantisationGate("per_channel", 8, delta, overlap, 100, true);
        var model = s_production with { Ranker = new RankerCard("mlp", RankerCard.Quantised, 0, 0, gate) };
        MetricGates.Of(model, null, RegistryOptions.Default).Single(static one => one.Name == GateNames.Int8).Passed.ShouldBe(passed);
    }

    private static ModelManifest Manifest(params (string Name, double Value)[] metrics) => new(
        "v", DateTimeOffset.UnixEpoch, "d", "f", "s", 1, 1, 1, [], metrics.ToDictionary(static one => one.Name, static one => one.Value), new Dictionary<string, double>());
}
