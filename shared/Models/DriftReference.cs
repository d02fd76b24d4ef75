using System.Text.Json;

namespace Splitrail.Models;

/// <summary>
/// How features and scores were distributed in training, for serving to compare with: <c>drift.json</c> of a model folder. Edges are quantiles, so
/// every bin held about as much in training, except where one value fills several.
/// </summary>
/// <param name="FeatureSet">Whose features.</param>
/// <param name="Rows">Candidates behind the shares.</param>
/// <param name="Features">In the order of the feature set.</param>
/// <param name="Scores">Probabilities the ranker gave, calibrated.</param>
public sealed record DriftReference(string FeatureSet, long Rows, IReadOnlyList<ValueDistribution> Features, ValueDistribution Scores)
{
    public static void Write(string folder, DriftReference reference) =>
        File.WriteAllBytes(Path.Combine(folder, ModelStore.DriftName), JsonSerializer.SerializeToUtf8Bytes(reference, ModelJson.Default.DriftReference));

    /// <summary>Null when the folder has none: a model of before, or one without a ranker.</summary>
    /// <exception cref="ModelException">The file is not of this format.</exception>
    public static DriftReference? Read(string folder)
    {
        var path = Path.Combine(folder, ModelStore.DriftName);
        if (!File.Exists(path))
            return null;
        try
        {
            var reference = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelJson.Default.DriftReference);
            return reference is { Features: not null, Scores: not null } && reference.Features.Append(reference.Scores).All(static one => one.IsSound)
                ? reference
                : throw new ModelException($"'{path}' holds distributions whose edges do not rise or whose shares do not fit them.");
        }
        catch (JsonException broken)
        {
            throw new ModelException($"'{path}' is not a drift reference: {broken.Message}", broken);
        }
    }
}

/// <summary>A histogram of shares.</summary>
/// <param name="Name">Of the feature, or <c>score</c>.</param>
/// <param name="Edges">Rising, finite; bin i holds values in (Edges[i - 1], Edges[i]], the first and the last are open. May be empty: one bin.</param>
/// <param name="Shares">One more than there are edges; they sum to 1.</param>
/// <param name="Mean">Of the values.</param>
public sealed record ValueDistribution(string Name, IReadOnlyList<float> Edges, IReadOnlyList<double> Shares, double Mean)
{
    internal bool IsSound => Edges is not null && Shares is not null && Shares.Count == Edges.Count + 1
        && Edges.All(float.IsFinite) && Edges.Zip(Edges.Skip(1)).All(static pair => pair.First < pair.Second)
        && Shares.All(static share => share >= 0);

    /// <summary>The bin of a value; what is not a number counts as the last.</summary>
    public int BinOf(float value)
    {
        var (low, high) = (0, Edges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value <= Edges[middle])
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>
    /// Population stability index of observed counts per bin against the shares of training: Σ (o - t) ln(o / t), shares floored at a
    /// ten-thousandth. Below 0.1 is usual, above 0.25 another population.
    /// </summary>
    /// <param name="counts">One per bin; 0 in all gives 0.</param>
    public double StabilityIndex(ReadOnlySpan<long> counts)
    {
        const double floor = 1e-4;
        var total = 0L;
        foreach (var count in counts)
            total += count;
        var sum = 0.0;
        for (var bin = 0; bin < counts.Length && total > 0; bin++)
        {
            var (observed, trained) = (Math.Max(floor, counts[bin] / (double)total), Math.Max(floor, Shares[bin]));
            sum += (observed - trained) * Math.Log(observed / trained);
        }

        return sum;
    }
}
