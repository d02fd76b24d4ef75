using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.Trainer.Evaluation.References;

/// <summary>A user's whole past as a query, strengths as in serving and training.</summary>
internal static class KnownPast
{
    /// <param name="model">Gives the positions.</param>
    /// <param name="past">The user's events.</param>
    /// <param name="masked">Whether what he had may not be offered.</param>
    /// <param name="nowMs">The moment of the question.</param>
    public static RetrievalQuery Query(RetrievalModel model, IEnumerable<EventRow> past, bool masked, long nowMs)
    {
        var items = past.GroupBy(static row => row.ItemId, StringComparer.Ordinal)
            .Select(group => (
                Item: model.Items.Find(group.Key),
                Weight: group.Sum(static row => EventWeights.Of(row.Type, row.ValueMicros)),
                LastMs: group.Max(static row => row.TimestampMs)))
            .Where(static item => item is { Item: >= 0, Weight: > 0 })
            .OrderByDescending(static item => item.LastMs).ThenBy(static item => item.Item).ToArray();
        var allowed = ItemBitmap.All(model.Items.Count);
        foreach (var (item, _, _) in masked ? items : [])
            allowed[item] = false;
        return new RetrievalQuery
        {
            Items = Array.ConvertAll(items, static item => item.Item),
            Strengths = Array.ConvertAll(items, static item => InteractionStrength.Of(item.Weight)),
            TimesMs = Array.ConvertAll(items, static item => item.LastMs),
            Allowed = allowed,
            NowMs = nowMs,
        };
    }

    /// <summary>Positions of what was wanted.</summary>
    public static HashSet<int> Wanted(ItemIndex items, IEnumerable<string> ids) =>
        [.. ids.Distinct(StringComparer.Ordinal).Select((id, n) => items.Find(id) is >= 0 and var item ? item : -1 - n)];
}
