using System.Globalization;
using System.Numerics;
using System.Text;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>
/// How many whole values fell into each bucket, a sum like any other. A value below 64 has a bucket of its own; above, every doubling has 32, so that a bucket is at most 3.2 % wide (the buckets of Tene's HdrHistogram).
/// </summary>
internal sealed class ExactHistogram : IEquatable<ExactHistogram>
{
    private const int Single = 64;
    private const int PerDoubling = 32;

    private readonly SortedDictionary<int, long> _counts;

    private ExactHistogram(SortedDictionary<int, long> counts) => _counts = counts;

    /// <summary>Null when nothing was counted.</summary>
    public static ExactHistogram? Of(IEnumerable<KeyValuePair<int, long>> counts)
    {
        var kept = new SortedDictionary<int, long>();
        foreach (var (bucket, count) in counts)
            kept[bucket] = kept.GetValueOrDefault(bucket) + count;
        foreach (var bucket in kept.Where(static one => one.Value == 0).Select(static one => one.Key).ToArray())
            kept.Remove(bucket);
        return kept.Count == 0 ? null : new ExactHistogram(kept);
    }

    /// <param name="value">Whole; below 0 counts as 0.</param>
    public static int BucketOf(long value)
    {
        if (value < Single)
            return (int)Math.Max(0, value);
        var doublings = BitOperations.Log2((ulong)value) - BitOperations.Log2(PerDoubling);
        return (doublings * PerDoubling) + (int)(value >> doublings);
    }

    /// <summary>Values from <c>Low</c> to below <c>High</c> are in it.</summary>
    public static (long Low, long High) BoundsOf(int bucket)
    {
        if (bucket < Single)
            return (bucket, bucket + 1);
        var doublings = (bucket / PerDoubling) - 1;
        var low = (long)(bucket - (doublings * PerDoubling)) << doublings;
        return (low, low + (1L << doublings));
    }

    public static ExactHistogram? Sum(ExactHistogram? one, ExactHistogram? other) =>
        one is null ? other : other is null ? one : Of(one._counts.Concat(other._counts));

    public ExactHistogram Negated() => new(new SortedDictionary<int, long>(_counts.ToDictionary(static one => one.Key, static one => -one.Value)));

    public IReadOnlyList<HistogramBucket> ToBuckets() =>
        [.. _counts.Select(static one => new HistogramBucket(BoundsOf(one.Key).Low, BoundsOf(one.Key).High, one.Value))];

    public bool Equals(ExactHistogram? other) => other is not null && _counts.SequenceEqual(other._counts);

    public override bool Equals(object? obj) => Equals(obj as ExactHistogram);

    public override int GetHashCode() => _counts.Aggregate(0, static (hash, one) => HashCode.Combine(hash, one.Key, one.Value));

    /// <summary>Such as <c>h12=5 h70=1</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (bucket, count) in _counts)
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : " ")}h{bucket}={count}");
        return text.ToString();
    }
}
