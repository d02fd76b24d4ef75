namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>
/// Probability that an item is looked at by its position, relative to the first: the position-based click model, in which a click needs a look and
/// a wish (Craswell et al. 2008).
/// </summary>
internal sealed class ExaminationCurve
{
    private readonly double[] _byPosition;

    /// <param name="byPosition">Of positions 1, 2, …; above 0, at most 1.</param>
    public ExaminationCurve(IReadOnlyList<double> byPosition)
    {
        if (byPosition.Count == 0 || byPosition.Any(static one => !(one is > 0 and <= 1)))
            throw new ArgumentException($"Examination is a probability above 0 for each position, not {string.Join(", ", byPosition)}.", nameof(byPosition));
        _byPosition = [.. byPosition];
    }

    public int Positions => _byPosition.Length;

    /// <summary>Of a position; beyond the last it is the last's.</summary>
    public double At(int position) => _byPosition[Math.Clamp(position, 1, _byPosition.Length) - 1];

    /// <summary>As it was logged with an item, or else by its position.</summary>
    public double Of(in ServedItem item) => item.Examination ?? At(item.Position);
}
