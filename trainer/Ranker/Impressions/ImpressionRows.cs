namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>
/// Served lists as training rows with the bias of positions taken out (Joachims, Swaminathan and Schnabel 2017): what was taken counts once per chance
/// that it was looked at; what was not taken counts as refused only as far as it was likely looked at. In expectation both sides then weigh what they would
/// if everything had been looked at.
/// </summary>
internal static class ImpressionRows
{
    /// <summary>Rare looks would give single clicks the weight of hundreds: the little bias of a limit is cheaper than that variance.</summary>
    public const double LargestWeight = 20;

    /// <param name="lists">With outcomes; those of which nothing was taken teach what was refused.</param>
    /// <param name="examination">Null believes every position alike, which repeats whatever the ranking did so far.</param>
    /// <param name="largest">Limit of a weight.</param>
    public static TrainingRows Of(IReadOnlyList<ServedList> lists, ExaminationCurve? examination, double largest = LargestWeight)
    {
        if (lists.Count == 0 || lists[0].Items.Count == 0)
            throw new ArgumentException("There are no served lists to learn from.", nameof(lists));
        var rows = new TrainingRows(lists[0].Items[0].Features.Length);
        var wish = examination is null ? 0 : Wish(lists, examination, largest);
        foreach (var list in lists)
        {
            rows.BeginContext(list.Unit, list.MomentMs, list.UntilMs);
            foreach (var item in list.Items)
            {
                var look = examination?.Of(item) ?? 1;
                rows.Add(item.Features, item.Taken, (float)(item.Taken ? Math.Min(largest, 1 / look) : Math.Min(largest, (1 - wish) / (1 - (look * wish)))), (float)look);
            }
        }

        return rows;
    }

    /// <summary>Share of shown items that were wanted, looked at or not.</summary>
    private static double Wish(IReadOnlyList<ServedList> lists, ExaminationCurve examination, double largest)
    {
        var items = lists.SelectMany(static list => list.Items);
        var (taken, shown) = (0.0, 0);
        foreach (var item in items)
            (taken, shown) = (taken + (item.Taken ? Math.Min(largest, 1 / examination.Of(item)) : 0), shown + 1);
        return Math.Min(0.95, taken / shown);
    }
}
