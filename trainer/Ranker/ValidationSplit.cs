using Splitrail.Randomness;

namespace Splitrail.Trainer.Ranker;

/// <summary>Parts contexts by their unit, so that no user is both learnt from and validated on.</summary>
internal static class ValidationSplit
{
    /// <returns>Row numbers of both sides; each has at least one context when there are two units.</returns>
    public static (int[] Training, int[] Validation) Of(TrainingRows rows, double share, int seed)
    {
        var units = Enumerable.Range(0, rows.Contexts).Select(rows.UnitOf).Distinct().OrderBy(unit => SplitMix64.Mix(unit + (ulong)seed)).ToArray();
        var validating = units.Take(Math.Clamp((int)(units.Length * share), 1, Math.Max(1, units.Length - 1))).ToHashSet();
        var (training, validation) = (new List<int>(rows.Count), new List<int>());
        for (var context = 0; context < rows.Contexts; context++)
        {
            var side = validating.Contains(rows.UnitOf(context)) ? validation : training;
            var (start, length) = rows.RowsOf(context).GetOffsetAndLength(rows.Count);
            side.AddRange(Enumerable.Range(start, length));
        }

        return ([.. training], [.. validation]);
    }
}
