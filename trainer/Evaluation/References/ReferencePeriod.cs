using Splitrail.Datasets;

namespace Splitrail.Trainer.Evaluation.References;

/// <param name="CutMs">Learnt is what happened before.</param>
/// <param name="EndMs">Asked for is what happened from the cut on and before this.</param>
internal sealed record ReferencePeriod(long CutMs, long EndMs)
{
    /// <summary>September 2011, on which the protocols of Online Retail tune.</summary>
    public static ReferencePeriod Validation { get; } = new(Month(9), Month(10));

    /// <summary>From October 2011 on.</summary>
    public static ReferencePeriod Test { get; } = new(Month(10), long.MaxValue);

    public bool Asks(EventRow row) => row.TimestampMs >= CutMs && row.TimestampMs < EndMs;

    private static long Month(int month) => new DateTimeOffset(2011, month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
