using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Trainer.Ranker.Quantised;

namespace Splitrail.Trainer.Ranker;

/// <summary>Writes a ranker into a model folder: ONNX, the quantised ONNX with its gate, and what drift is measured against.</summary>
internal static class RankerFiles
{
    /// <param name="folder">Of the version.</param>
    /// <param name="outcome">What was learnt.</param>
    /// <param name="precision">Wanted for serving; INT8 is refused unless it passes its gate.</param>
    /// <param name="options">Of quantisation.</param>
    /// <exception cref="InputException">INT8 was wanted and there is none, or it lost too much.</exception>
    public static RankerCard Write(string folder, RankerOutcome outcome, string precision, QuantisationOptions options)
    {
        var model = outcome.Trained.Model;
        var gate = (QuantisationGate?)null;
        if (QuantisedNetwork.Of(model.Scorer, options) is { } scorer)
        {
            var quantised = model with { Scorer = scorer };
            gate = QuantisationCheck.Run(model, quantised, options, outcome.Lists);
            Write(folder, ModelStore.QuantisedRankerName, quantised);
        }

        Require(precision, gate, outcome.Trained.Kind);
        Write(folder, ModelStore.RankerName, model);
        DriftReference.Write(folder, outcome.Drift);
        return new RankerCard(outcome.Trained.Kind, precision, outcome.Trained.CalibrationError, outcome.Trained.UncalibratedError, gate, outcome.ServedLists);
    }

    private static void Require(string precision, QuantisationGate? gate, string kind)
    {
        if (precision != RankerCard.Quantised || gate is { Passed: true })
            return;
        throw new InputException(gate is null
            ? $"--precision int8: a ranker of kind '{kind}' has no layers to quantise; leave the option out."
            : $"--precision int8: the quantised ranker changes NDCG@10 by {gate.NdcgDelta:0.0000} (at most {QuantisationGate.MaxNdcgDelta}) and keeps {gate.TopTenOverlap:0.0 %} of the ten best (at least "
                + $"{QuantisationGate.MinTopTenOverlap:0 %}) over {gate.Contexts:N0} lists; serve fp32, or try --int8-weights per_channel.");
    }

    private static void Write(string folder, string name, RankerModel model) =>
        File.WriteAllBytes(Path.Combine(folder, name), model.ToOnnx(ShopFeatures.Set.Metadata));
}
