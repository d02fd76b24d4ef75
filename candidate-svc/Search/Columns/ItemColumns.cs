using Splitrail.Contracts;

namespace Splitrail.CandidateSvc.Search.Columns;

/// <summary>
/// What changes of items all day, by position in a <see cref="SearchView"/>: shown or not, in stock, category, price. Filters and facets read these and never
/// the items. Filled while it is made, not changed once it is served.
/// </summary>
internal sealed class ItemColumns
{
    private const int NoCategory = -1;
    private const long NoPrice = -1;
    private const decimal Micros = 1_000_000m;

    private readonly ulong[] _visible;
    private readonly ulong[] _inStock;
    private readonly int[] _categories;
    private readonly long[] _prices;
    private readonly sbyte[] _bands;
    private bool _ownsNames;

    public ItemColumns(int count)
    {
        Count = count;
        _visible = new ulong[WordsFor(count)];
        _inStock = new ulong[WordsFor(count)];
        _categories = new int[count];
        _prices = new long[count];
        _bands = new sbyte[count];
        Names = new CategoryNames();
    }

    public int Count { get; }

    public CategoryNames Names { get; private set; }

    public static int WordsFor(int count) => (count + 63) / 64;

    /// <summary>A copy with room for <paramref name="count"/> items, of which the first <paramref name="kept"/> are as here and the others not shown.</summary>
    public ItemColumns Copy(int kept, int count)
    {
        var copy = new ItemColumns(count) { Names = Names };
        Array.Copy(_visible, copy._visible, WordsFor(kept));
        Array.Copy(_inStock, copy._inStock, WordsFor(kept));
        Array.Copy(_categories, copy._categories, kept);
        Array.Copy(_prices, copy._prices, kept);
        Array.Copy(_bands, copy._bands, kept);
        for (var at = kept; at < Math.Min(count, WordsFor(kept) * 64); at++)
            copy.Hide(at);
        return copy;
    }

    public void Set(int at, CatalogItem item)
    {
        Mark(_visible, at, !item.Hidden);
        Mark(_inStock, at, item.Stock is not <= 0);
        _categories[at] = string.IsNullOrEmpty(item.Category) ? NoCategory : NumberOf(item.Category);
        _prices[at] = item.Price is { } price and >= 0 ? ToMicros(price) : NoPrice;
        _bands[at] = (sbyte)PriceBands.Of(item.Price);
    }

    public void Hide(int at) => Mark(_visible, at, false);

    public bool IsVisible(int at) => (_visible[at >> 6] >> (at & 63) & 1) != 0;

    /// <returns>Below 0 for none.</returns>
    public int CategoryOf(int at) => _categories[at];

    /// <returns><see cref="PriceBands.None"/> for an unknown price.</returns>
    public int BandOf(int at) => _bands[at];

    /// <summary>What is shown and, if asked, in stock.</summary>
    public void Shown(bool inStockOnly, Span<ulong> mask)
    {
        for (var w = 0; w < _visible.Length; w++)
            mask[w] = _visible[w] & (inStockOnly ? _inStock[w] : ulong.MaxValue);
    }

    /// <summary>What is in any of the categories; all when there are none.</summary>
    public void InCategories(IReadOnlyList<string>? categories, Span<ulong> mask)
    {
        if (categories is not { Count: > 0 })
        {
            mask[.._visible.Length].Fill(ulong.MaxValue);
            return;
        }

        var wanted = new bool[Names.Count + 1];
        foreach (var category in categories)
            if (Names.Find(category) is >= 0 and var number)
                wanted[number + 1] = true;
        for (var w = 0; w < _visible.Length; w++)
        {
            var word = 0UL;
            var part = _categories.AsSpan(w * 64, Math.Min(64, Count - w * 64));
            for (var bit = 0; bit < part.Length; bit++)
                word |= (wanted[part[bit] + 1] ? 1UL : 0) << bit;
            mask[w] = word;
        }
    }

    /// <summary>What lies between the prices, inclusive; an unknown price lies between no two.</summary>
    public void BetweenPrices(decimal? least, decimal? most, Span<ulong> mask)
    {
        if (least is null && most is null)
        {
            mask[.._visible.Length].Fill(ulong.MaxValue);
            return;
        }

        var (low, high) = (least is { } min ? Math.Max(0, Up(min)) : 0, most is { } max ? ToMicros(max) : long.MaxValue);
        for (var w = 0; w < _visible.Length; w++)
        {
            var word = 0UL;
            var part = _prices.AsSpan(w * 64, Math.Min(64, Count - w * 64));
            for (var bit = 0; bit < part.Length; bit++)
                word |= (part[bit] >= low && part[bit] <= high ? 1UL : 0) << bit;
            mask[w] = word;
        }
    }

    private int NumberOf(string category)
    {
        if (Names.Find(category) is >= 0 and var number)
            return number;
        // Served columns share the names they were copied with.
        if (!_ownsNames)
            (Names, _ownsNames) = (Names.Copy(), true);
        return Names.Add(category);
    }

    private static void Mark(ulong[] bits, int at, bool value)
    {
        if (value)
            bits[at >> 6] |= 1UL << (at & 63);
        else
            bits[at >> 6] &= ~(1UL << (at & 63));
    }

    private static long ToMicros(decimal price) => (long)Math.Floor(Math.Min(price, long.MaxValue / Micros) * Micros);

    private static long Up(decimal price) => (long)Math.Ceiling(Math.Min(price, long.MaxValue / Micros) * Micros);
}
