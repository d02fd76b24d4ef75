using Splitrail.Contracts;

namespace Splitrail.RankingSvc.Rules;

/// <summary>A list with its pins at their places.</summary>
internal static class PinnedList
{
    /// <param name="items">Best first.</param>
    /// <param name="pins">By position, each item once.</param>
    /// <param name="count">How many items at most.</param>
    /// <param name="scoreOf">Of a pinned item.</param>
    public static ScoredItem[] Of(ScoredItem[] items, List<PinnedItem> pins, int count, Func<string, float> scoreOf)
    {
        var list = new List<ScoredItem>(Math.Min(count, items.Length + pins.Count));
        var (next, pin) = (0, 0);
        while (list.Count < count && (next < items.Length || pin < pins.Count))
        {
            if (pin < pins.Count && (pins[pin].Position <= list.Count + 1 || next == items.Length))
            {
                var id = pins[pin++].ItemId;
                list.Add(new ScoredItem(id, scoreOf(id)));
            }
            else if (items[next++] is var item && !pins.Exists(pinned => pinned.ItemId == item.ItemId))
            {
                list.Add(item);
            }
        }

        return [.. list];
    }
}
