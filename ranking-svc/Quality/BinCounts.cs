using Splitrail.Models;

namespace Splitrail.RankingSvc.Quality;

/// <summary>How values fell into training's bins over the last one to two windows.</summary>
internal sealed class BinCounts(ValueDistribution trained)
{
    private long[] _counts = new long[trained.Shares.Count];
    private long[] _before = new long[trained.Shares.Count];

    public ValueDistribution Trained { get; } = trained;

    public void Count(float value) => _counts[Trained.BinOf(value)]++;

    /// <summary>Begins a window and forgets the one before the last.</summary>
    public void Turn()
    {
        (_counts, _before) = (_before, _counts);
        Array.Clear(_counts);
    }

    /// <summary>Null below <paramref name="least"/> values: chance alone would look like drift.</summary>
    public double? StabilityIndex(long least)
    {
        var all = _counts.Zip(_before, static (now, before) => now + before).ToArray();
        return all.Sum() >= least ? Trained.StabilityIndex(all) : null;
    }
}
