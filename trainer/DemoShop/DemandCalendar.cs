using Splitrail.Randomness;

namespace Splitrail.Trainer.DemoShop;

/// <summary>Draws items by the day's demand, out of one category or the whole shop.</summary>
internal sealed class DemandCalendar
{
    private readonly int[][] _itemsOfCategory;
    private readonly double[][][] _sums;
    private readonly int _wholeShop;

    public DemandCalendar(DemoItem[] items, int days)
    {
        _wholeShop = DemoCategory.All.Count;
        _itemsOfCategory = new int[_wholeShop + 1][];
        for (var category = 0; category < _wholeShop; category++)
        {
            _itemsOfCategory[category] = [.. Enumerable.Range(0, items.Length).Where(item => items[item].Category == category)];
        }
        _itemsOfCategory[_wholeShop] = [.. Enumerable.Range(0, items.Length)];
        _sums = [.. Enumerable.Range(0, days).Select(day => _itemsOfCategory.Select(members => Sums(items, members, day, days)).ToArray())];
    }

    /// <summary>An item of the category; of the whole shop when the category has nothing to sell that day.</summary>
    public int Draw(int category, int day, ref SplitMix64 random)
    {
        var sums = _sums[day];
        var from = sums[category] is { Length: > 0 } known && known[^1] > 0 ? category : _wholeShop;
        return _itemsOfCategory[from][WeightedChoice.Draw(sums[from], ref random)];
    }

    public int DrawFromShop(int day, ref SplitMix64 random) => Draw(_wholeShop, day, ref random);

    private static double[] Sums(DemoItem[] items, int[] members, int day, int days)
    {
        var sums = new double[members.Length];
        var sum = 0.0;
        for (var i = 0; i < members.Length; i++) sums[i] = sum += items[members[i]].Popularity.On(day, days);
        return sums;
    }
}
