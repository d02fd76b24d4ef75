using Splitrail.Trainer.Evaluation.PositionBias;
using Splitrail.Trainer.Ranker;

namespace Splitrail.Benchmarks.RankerQuality;

/// <summary>NDCG@10 that is lost by learning from clicks instead of wishes, with and without the correction for positions.</summary>
internal static class PositionBiasRun
{
    public const string Corrected = "position_bias_ndcg_loss_corrected";
    public const string CorrectedNetwork = $"{Corrected}_{RankerLearners.Network}";
    private const int Lists = 8000;

    public static void Measure(int seed, Dictionary<string, double> figures, Action<string> progress)
    {
        foreach (var ranker in (string[])[RankerLearners.Logistic, RankerLearners.Network])
        {
            var run = new PositionBiasStudy(seed, Lists).Run(ranker);
            var of = ranker == RankerLearners.Logistic ? "" : $"_{ranker}";
            figures[Corrected + of] = run.Loss(run.Corrected);
            figures[$"position_bias_ndcg_loss_estimated{of}"] = run.Loss(run.Estimated);
            figures[$"position_bias_ndcg_loss_uncorrected{of}"] = run.Loss(run.Uncorrected);
            progress($"{ranker}, learnt from wishes: NDCG@10 {run.OnTruth:0.0000}; from clicks, corrected {run.Corrected:0.0000}, by an estimated curve {run.Estimated:0.0000}, as they are {run.Uncorrected:0.0000}");
        }
    }
}
