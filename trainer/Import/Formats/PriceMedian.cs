namespace Splitrail.Trainer.Import.Formats;

/// <summary>The middle of an item's unit prices: neither a bulk discount nor a typing mistake makes the catalogue's price.</summary>
internal sealed class PriceMedian
{
    private readonly List<long> _micros = [];

    public void Add(long micros) => _micros.Add(micros);

    /// <summary>The lower median; null when no price was seen.</summary>
    public decimal? Price()
    {
        if (_micros.Count == 0) return null;
        _micros.Sort();
        return _micros[(_micros.Count - 1) / 2] / 1_000_000m;
    }
}
