namespace Splitrail.Experiments;

/// <summary>Makes the slots of a unit in several layers at once; the layers' seeds are given when it is made.</summary>
public interface ISlotHash
{
    /// <param name="unit">Who is randomised, UTF-8.</param>
    /// <param name="slots">0..2^20 - 1 for each seed, in their order; at least as long as there are seeds.</param>
    void Slots(ReadOnlySpan<byte> unit, Span<int> slots);
}
