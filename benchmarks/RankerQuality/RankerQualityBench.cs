using Splitrail.Models;
using Splitrail.Trainer;
using Splitrail.Trainer.Evaluation.TwoStage;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Quantised;
using Splitrail.Trainer.Training;

namespace Splitrail.Benchmarks.RankerQuality;

/// <summary>How well rankers order candidates under the two-stage protocol on Online Retail, what quantising and diversity cost, and whether position bias is undone.</summary>
internal sealed class RankerQualityBench : IBench
{
    private const string NewItems = "or_new_ndcg_at_10";
    private const string AllItems = "or_all_ndcg_at_10";
    private const string QuantisedDelta = "int8_ndcg_delta";
    private const string QuantisedOverlap = "int8_top10_overlap";

    public string Name => "ranker-quality";

    public string Summary => "NDCG@10 of rankers on Online Retail's future, new items and repeats; INT8, diversity, position bias";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        [NewItems] = new(Min: 0.131),
        [AllItems] = new(Min: 0.375),
        [QuantisedDelta] = new(Min: -QuantisationGate.MaxNdcgDelta, Max: QuantisationGate.MaxNdcgDelta),
        [QuantisedOverlap] = new(Min: QuantisationGate.MinTopTenOverlap),
        [DiversityRun.EntropyGain] = new(Min: 0.2),
        [DiversityRun.NdcgLoss] = new(Max: 0.02),
        [PositionBiasRun.Corrected] = new(Max: 0.02),
        [PositionBiasRun.CorrectedNetwork] = new(Max: 0.02),
    };

    // Seeds move the figures of quality by some thousandths.
    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        [NewItems] = new(Min: 0.135),
        [AllItems] = new(Min: 0.37),
        [QuantisedDelta] = new(Min: -1.3 * QuantisationGate.MaxNdcgDelta, Max: 1.3 * QuantisationGate.MaxNdcgDelta),
        [QuantisedOverlap] = new(Min: QuantisationGate.MinTopTenOverlap),
        [DiversityRun.EntropyGain] = new(Min: 0.2),
        [DiversityRun.NdcgLoss] = new(Max: 0.02),
        [PositionBiasRun.Corrected] = new(Max: 0.02),
        [PositionBiasRun.CorrectedNetwork] = new(Max: 0.02),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyDictionary<string, double>>(() => Run(request), cancellationToken);

    private static Dictionary<string, double> Run(BenchRequest request)
    {
        var figures = new Dictionary<string, double>();
        PositionBiasRun.Measure((int)request.Seed, figures, request.Progress);
        var study = TwoStageStudy.Prepare(OnlineRetail.Open(request), new RetrievalOptions { EaseLambda = 1000 }, request.Progress);
        var blend = Train(study, RankerLearners.Blend, request);
        var parts = (Blend)blend.Scorer;
        Measure(study, blend, "", figures, request.Progress);
        var network = blend with { Scorer = parts.First };
        Measure(study, network, "_mlp", figures, request.Progress);
        Measure(study, blend with { Scorer = parts.Second }, "_trees", figures, request.Progress);
        Measure(study, Train(study, RankerLearners.Logistic, request), "_logistic", figures, request.Progress);
        figures[$"{NewItems}_candidates"] = study.NewItems.Measure().Ndcg;
        figures[$"{AllItems}_candidates"] = study.AllItems.Measure().Ndcg;
        Quantise(study, network, figures, request.Progress);
        DiversityRun.Measure(study, blend, figures);
        return figures;
    }

    private static RankerModel Train(TwoStageStudy study, string ranker, BenchRequest request)
    {
        var trained = RankerTrainer.Train(study.Rows, RankerLearners.Table.Get(ranker), (int)request.Seed, request.Progress);
        return trained.Model;
    }

    private static void Measure(TwoStageStudy study, RankerModel model, string of, Dictionary<string, double> figures, Action<string> progress)
    {
        var (newItems, allItems) = (study.NewItems.Measure(model), study.AllItems.Measure(model));
        (figures[NewItems + of], figures[AllItems + of]) = (newItems.Ndcg, allItems.Ndcg);
        progress($"{(of.Length == 0 ? "blend" : of[1..])}: NDCG@10 {newItems.Ndcg:0.0000} ({newItems.NdcgError:0.0000}) of new items, {allItems.Ndcg:0.0000} ({allItems.NdcgError:0.0000}) with repeats");
    }

    /// <summary>The network alone, since in the blend the trees would hide half of what it loses; the worse of both questions.</summary>
    private static void Quantise(TwoStageStudy study, RankerModel network, Dictionary<string, double> figures, Action<string> progress)
    {
        foreach (var options in (QuantisationOptions[])[new(), new(PerChannel: true), new(Bits: 7), new(PerChannel: true, Bits: 7)])
        {
            var scorer = QuantisedNetwork.Of(network.Scorer, options) ?? throw new InputException("the network has no layers to quantise");
            var gates = new[] { study.NewItems, study.AllItems }
                .Select(lists => QuantisationCheck.Run(network, network with { Scorer = scorer }, options, lists.Lists)).ToArray();
            var of = options == new QuantisationOptions() ? "" : $"_{options.Weights}_{options.Bits}_bits";
            figures[QuantisedDelta + of] = gates.MaxBy(static gate => Math.Abs(gate.NdcgDelta))!.NdcgDelta;
            figures[QuantisedOverlap + of] = gates.Min(static gate => gate.TopTenOverlap);
            progress($"int8 {options.Weights}, {options.Bits} bits: {string.Join("; ", gates.Select(static gate => $"NDCG@10 {gate.NdcgDelta:+0.00000;-0.00000}, {gate.TopTenOverlap:0.0 %} of the ten best"))}");
        }
    }
}
