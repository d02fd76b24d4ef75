using Splitrail.Contracts;

namespace Splitrail.Gateway.Lists;

/// <summary>The items of one answer while it is put together: each passes the filter and comes once.</summary>
internal sealed class Shelf(ServeFilter filter, int count, bool explain)
{
    private readonly List<ShownItem> _items = new(Math.Min(count, 64));
    private readonly List<RankedItem> _ranked = new(Math.Min(count, 64));
    private RankExplanation? _explanation;

    public IReadOnlyList<ShownItem> Items => _items;

    /// <summary>The same items as they were ranked.</summary>
    public IReadOnlyList<RankedItem> Ranked => _ranked;

    public bool IsFull => _items.Count >= count;

    public ServeFilter Filter => filter;

    public void AddAll(RankedList list, ReasonWords reasons)
    {
        _explanation = explain ? list.Explanation : null;
        if (list.Pins is { Count: > 0 } pins)
        {
            AddAround(list, pins, reasons);
            return;
        }

        for (var i = 0; i < list.Items.Count && !IsFull; i++)
            TryAdd(list.Items[i], list.SignalNames, reasons);
    }

    /// <summary>A pinned item keeps its place also where something before it may no longer be shown.</summary>
    private void AddAround(RankedList list, IReadOnlyList<PinnedItem> pins, ReasonWords reasons)
    {
        var (next, pin) = (0, 0);
        while (!IsFull && (next < list.Items.Count || pin < pins.Count))
        {
            if (pin < pins.Count && (pins[pin].Position <= _items.Count + 1 || next == list.Items.Count))
            {
                var id = pins[pin++].ItemId;
                if (list.Items.FirstOrDefault(item => item.ItemId == id) is { ItemId: not null } pinned)
                    TryAdd(pinned, list.SignalNames, reasons);
            }
            else if (list.Items[next++] is var item && !pins.Any(pinned => pinned.ItemId == item.ItemId))
            {
                TryAdd(item, list.SignalNames, reasons);
            }
        }
    }

    public bool TryAdd(RankedItem ranked, IReadOnlyList<string> signalNames, ReasonWords reasons)
    {
        if (!filter.Allows(ranked.ItemId, out var item) || IsShown(ranked.ItemId))
            return false;
        _items.Add(Show(ranked, signalNames, item, reasons));
        _ranked.Add(ranked);
        return true;
    }

    private ShownItem Show(RankedItem ranked, IReadOnlyList<string> signalNames, CatalogItem? item, ReasonWords reasons) => new(
        ranked.ItemId,
        Finite(ranked.Score),
        ItemMetadata.Of(item),
        ranked.Sources,
        reasons.For(ranked.Sources, item),
        explain && ranked.Signals is { } signals ? Named(signalNames, signals) : null,
        _explanation?.Items.FirstOrDefault(item => item.ItemId == ranked.ItemId),
        ranked.Team,
        Rounded(ranked.Rating?.Mean),
        Rounded(ranked.Rating?.Deviation),
        ranked.Rating is { } rating ? [Rounded(rating.Low)!.Value, Rounded(rating.High)!.Value] : null);

    private bool IsShown(string itemId)
    {
        foreach (var item in _items)
        {
            if (item.ItemId == itemId)
                return true;
        }

        return false;
    }

    private static Dictionary<string, double> Named(IReadOnlyList<string> names, IReadOnlyList<float> values)
    {
        var named = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count && i < values.Count; i++)
            named[names[i]] = Finite(values[i]);
        return named;
    }

    /// <summary>Stars: more digits than these are noise.</summary>
    private static double? Rounded(float? stars) => stars is { } value ? Math.Round((double)value, 3) : null;

    /// <summary>JSON has no infinity, and 1e39 in an inner answer is one as a float. Six digits are what a float holds.</summary>
    private static double Finite(float value) => float.IsFinite(value) ? (double)(decimal)Math.Clamp(value, -1e27f, 1e27f) : 0;
}
