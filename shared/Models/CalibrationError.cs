namespace Splitrail.Models;

/// <summary>Expected calibration error (Naeini et al. 2015) in ten groups of equal weight by rising probability.</summary>
public static class CalibrationError
{
    private const int Groups = 10;

    /// <param name="probabilities">[rows].</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">Of each row.</param>
    /// <returns>0..1; 0 for no rows.</returns>
    public static double Of(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var order = Enumerable.Range(0, probabilities.Length).ToArray();
        Array.Sort(probabilities.ToArray(), order);
        var (predicted, observed) = (new double[Groups], new double[Groups]);
        var (total, passed) = (0.0, 0.0);
        foreach (var weight in weights)
            total += weight;
        foreach (var row in order)
        {
            var group = Math.Min(Groups - 1, (int)(Groups * passed / total));
            predicted[group] += weights[row] * probabilities[row];
            observed[group] += weights[row] * labels[row];
            passed += weights[row];
        }

        return total == 0 ? 0 : predicted.Zip(observed).Sum(static pair => Math.Abs(pair.First - pair.Second)) / total;
    }
}
