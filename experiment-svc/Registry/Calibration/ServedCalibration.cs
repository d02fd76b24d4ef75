using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Registry.Calibration;

/// <summary>How the probabilities that a model gave to items it was served with compare with what came of them.</summary>
/// <param name="Model">The version.</param>
/// <param name="Items">Shown items behind it.</param>
/// <param name="Error">Expected calibration error in ten groups, 0 to 1: see <see cref="CalibrationError"/>.</param>
/// <param name="Promised">Mean of the probabilities.</param>
/// <param name="Observed">Share of the items that were clicked or more.</param>
public sealed record ServedCalibration(string Model, int Items, double Error, double Promised, double Observed)
{
    /// <summary>Fewer say nothing: of 5,000 items with a tenth of them taken, chance alone makes an error of about 0.01.</summary>
    public const int LeastItems = 5000;

    /// <param name="model">The version.</param>
    /// <param name="scores">Probability of each item.</param>
    /// <param name="taken">1 for an item that something came of, else 0.</param>
    /// <returns>Null when there are too few.</returns>
    public static ServedCalibration? Of(string model, IReadOnlyCollection<float> scores, IReadOnlyCollection<float> taken)
    {
        if (scores.Count < LeastItems)
            return null;
        float[] weights = [.. Enumerable.Repeat(1f, scores.Count)];
        return new ServedCalibration(model, scores.Count, CalibrationError.Of(scores.ToArray(), taken.ToArray(), weights), scores.Average(), taken.Average());
    }
}
