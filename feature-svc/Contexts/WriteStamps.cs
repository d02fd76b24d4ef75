namespace Splitrail.FeatureSvc.Contexts;

/// <summary>
/// Says whether something was written for an id since a moment, in constant memory: ids share slots, and a collision costs one needless read.
/// </summary>
internal sealed class WriteStamps
{
    private const int Slots = 1 << 14;

    private readonly long[] _stamps = new long[Slots];

    public long Of(string? id) => id is null ? 0 : Volatile.Read(ref _stamps[SlotOf(id)]);

    public void Touch(string? id)
    {
        if (id is not null)
            Interlocked.Increment(ref _stamps[SlotOf(id)]);
    }

    private static int SlotOf(string id) => string.GetHashCode(id, StringComparison.Ordinal) & (Slots - 1);
}
