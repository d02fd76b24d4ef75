using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Impressions;

namespace Splitrail.Trainer.Evaluation.PositionBias;

/// <summary>
/// A shop whose shoppers look at position k with probability 1/k and take what they looked at and want. Lists were ranked by a ranker that goes by the wrong
/// features, so what it put first was taken more often than what was wanted more. Rankers learn from those lists and are judged by what was truly wanted.
/// </summary>
internal sealed class PositionBiasStudy(int seed, int lists)
{
    private const int Items = 15;
    private const int Features = 6;
    private const int Tested = 1500;
    private const double BaseLogit = -2;
    private static readonly float[] s_wishes = [1.4f, -1.0f, 0.7f, 0f, 0.5f, 0f];
    private static readonly float[] s_habits = [0.1f, 0.5f, 0f, 1f, 0f, 0.3f];

    /// <returns>NDCG@10 on fresh lists of rankers that learnt from what was wanted, and from clicks with the known curve, an estimated one and none.</returns>
    public PositionBiasFigures Run(string ranker)
    {
        var random = new Random(seed);
        var served = Enumerable.Range(0, lists).Select(unit => Serve(unit, random)).ToArray();
        var known = new ExaminationCurve([.. Enumerable.Range(1, Items).Select(static position => 1.0 / position)]);
        var estimated = ExaminationEstimate.Of([.. served.Select(static list => list.Shown)], seed);
        var fresh = Enumerable.Range(0, Tested).Select(unit => Serve(lists + unit, random)).ToArray();
        ServedList[] shown = [.. served.Select(static list => list.Shown)];
        return new PositionBiasFigures(
            Quality(ImpressionRows.Of([.. served.Select(static list => list.Truth)], null)),
            Quality(ImpressionRows.Of(shown, known)),
            Quality(ImpressionRows.Of(shown, estimated)),
            Quality(ImpressionRows.Of(shown, null)),
            estimated);

        double Quality(TrainingRows rows)
        {
            var model = RankerTrainer.Train(rows, RankerLearners.Table.Get(ranker), seed).Model;
            return fresh.Select(list => list.Truth).Where(static list => list.Items.Any(static item => item.Taken)).Average(list => Ndcg(model, list));
        }
    }

    private static double Ndcg(RankerModel model, ServedList list)
    {
        var scores = new float[list.Items.Count];
        model.Score(list.Items.SelectMany(static item => item.Features).ToArray(), scores);
        return ListNdcg.Of(scores, list.Items.Select(static item => item.Taken ? 1f : 0f).ToArray());
    }

    private static (ServedList Shown, ServedList Truth) Serve(int unit, Random random)
    {
        var items = Enumerable.Range(0, Items).Select(_ => Enumerable.Range(0, Features).Select(_ => Normal(random)).ToArray()).ToArray();
        // A little chance in the ranking, as every shop's has: prices and stock change, features are late.
        var ranked = items.OrderByDescending(item => Dot(item, s_habits) + (0.5f * Normal(random))).ToArray();
        var (shown, truth) = (new ServedItem[Items], new ServedItem[Items]);
        for (var at = 0; at < Items; at++)
        {
            var wanted = random.NextDouble() < RankerModel.Sigmoid((float)(BaseLogit + Dot(ranked[at], s_wishes)));
            var looked = random.NextDouble() < 1.0 / (at + 1);
            truth[at] = new ServedItem(ranked[at], at + 1, wanted);
            shown[at] = new ServedItem(ranked[at], at + 1, wanted && looked);
        }

        return (new ServedList((ulong)unit, unit, unit + 1, shown), new ServedList((ulong)unit, unit, unit + 1, truth));
    }

    private static float Dot(float[] item, float[] weights)
    {
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++)
            sum += item[i] * weights[i];
        return sum;
    }

    /// <summary>About normal: the sum of twelve even draws less six.</summary>
    private static float Normal(Random random)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += random.NextDouble();
        return (float)sum;
    }
}

/// <param name="OnTruth">NDCG@10 of the ranker that learnt from all that was wanted.</param>
/// <param name="Corrected">From clicks, with the examination that made them.</param>
/// <param name="Estimated">From clicks, with the examination estimated from them.</param>
/// <param name="Uncorrected">From clicks as they are.</param>
/// <param name="Curve">The estimate.</param>
internal sealed record PositionBiasFigures(double OnTruth, double Corrected, double Estimated, double Uncorrected, ExaminationCurve Curve)
{
    /// <summary>Share of <see cref="OnTruth"/> that is lost.</summary>
    public double Loss(double ndcg) => 1 - (ndcg / OnTruth);
}
