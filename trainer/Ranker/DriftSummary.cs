using Splitrail.Features;
using Splitrail.Models;

namespace Splitrail.Trainer.Ranker;

/// <summary>Makes the distributions that serving compares with, of the candidates a ranker was trained on.</summary>
internal static class DriftSummary
{
    private const int Bins = 10;
    private const int Sampled = 50_000;

    /// <param name="sets">Rows of the feature set's width; rows that stand for several count as several.</param>
    /// <param name="model">Gives the scores.</param>
    /// <param name="features">The feature set.</param>
    public static DriftReference Of(IReadOnlyList<TrainingRows> sets, RankerModel model, FeatureSet features)
    {
        var stride = Math.Max(1, sets.Sum(static rows => rows.Count) / Sampled);
        var (columns, weights) = (Enumerable.Range(0, features.Width).Select(static _ => new List<float>()).ToArray(), new List<double>());
        var scores = new List<float>();
        foreach (var rows in sets)
        {
            for (var row = 0; row < rows.Count; row += stride)
            {
                var values = rows.Features.Slice(row * rows.Width, rows.Width);
                for (var feature = 0; feature < values.Length; feature++)
                    columns[feature].Add(values[feature]);
                var score = 0f;
                model.Score(values, new Span<float>(ref score));
                scores.Add(score);
                weights.Add(rows.Weights[row]);
            }
        }

        return new DriftReference(
            features.Name,
            sets.Sum(static rows => (long)rows.Count),
            [.. columns.Select((column, feature) => Of(features.Features[feature], [.. column], [.. weights]))],
            Of("score", [.. scores], [.. weights]));
    }

    /// <summary>Deciles by weight, those that coincide once.</summary>
    internal static ValueDistribution Of(string name, float[] values, double[] weights)
    {
        var (total, mean) = (weights.Sum(), 0.0);
        for (var i = 0; i < values.Length; i++)
            mean += weights[i] * values[i] / total;
        Array.Sort(values, weights);
        var (edges, shares) = (new List<float>(), new List<double>());
        var (passed, inBin) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            (passed, inBin) = (passed + weights[i], inBin + weights[i]);
            var last = i + 1 == values.Length;
            if (last || (values[i + 1] > values[i] && edges.Count < Bins - 1 && passed >= total * NextQuantile(passed - inBin, total)))
            {
                shares.Add(inBin / total);
                inBin = 0;
                if (!last)
                    edges.Add(values[i]);
            }
        }

        return new ValueDistribution(name, edges, shares, mean);
    }

    /// <summary>The first tenth above what the bins before hold.</summary>
    private static double NextQuantile(double before, double total) => (Math.Floor((before / total * Bins) + 1e-9) + 1) / Bins;
}
