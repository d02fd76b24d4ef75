using Splitrail.Randomness;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// Contexts that decide when to stop and how to calibrate: the newest, as the future is what a ranker is for. A shopper who is validated on is not
/// learnt from where the labels reach into that future. Contexts of one moment cannot be split by time, they are by shopper.
/// </summary>
internal static class ValidationSplit
{
    /// <returns>Contexts of both sides; each has at least one when there are two units.</returns>
    public static (int[] Training, int[] Validation) Of(TrainingRows rows, double share, int seed) =>
        ByTime(rows, share) is { Training.Length: > 0 } split ? split : ByUnit(rows, share, seed);

    /// <summary>Rows of contexts, in their order.</summary>
    public static int[] RowsOf(TrainingRows rows, IEnumerable<int> contexts)
    {
        var all = new List<int>(rows.Count);
        foreach (var context in contexts)
        {
            var (start, length) = rows.RowsOf(context).GetOffsetAndLength(rows.Count);
            all.AddRange(Enumerable.Range(start, length));
        }

        return [.. all];
    }

    private static (int[] Training, int[] Validation) ByTime(TrainingRows rows, double share)
    {
        var moments = Enumerable.Range(0, rows.Contexts).Select(context => rows.TimesOf(context).MomentMs).Order().ToArray();
        var start = moments[Math.Clamp((int)(moments.Length * (1 - share)), 0, moments.Length - 1)];
        var validation = Enumerable.Range(0, rows.Contexts).Where(context => rows.TimesOf(context).MomentMs >= start).ToArray();
        var units = validation.Select(rows.UnitOf).ToHashSet();
        var training = Enumerable.Range(0, rows.Contexts)
            .Where(context => rows.TimesOf(context) is var times && times.MomentMs < start && (times.UntilMs <= start || !units.Contains(rows.UnitOf(context))));
        return ([.. training], validation);
    }

    private static (int[] Training, int[] Validation) ByUnit(TrainingRows rows, double share, int seed)
    {
        var units = Enumerable.Range(0, rows.Contexts).Select(rows.UnitOf).Distinct().OrderBy(unit => SplitMix64.Mix(unit + (ulong)seed)).ToArray();
        var validating = units.Take(Math.Clamp((int)(units.Length * share), 1, Math.Max(1, units.Length - 1))).ToHashSet();
        var sides = Enumerable.Range(0, rows.Contexts).ToLookup(context => validating.Contains(rows.UnitOf(context)));
        return ([.. sides[false]], [.. sides[true]]);
    }
}
