namespace Splitrail.Experiments;

/// <summary>
/// Shares to whole slots by largest remainder, with a memory: an arm that already has what its share comes to keeps it to the slot, and the arms whose share
/// changed take up the rounding. Else an edit of two arms would now and then move a slot's users of a third.
/// </summary>
public static class SlotShares
{
    /// <summary>
    /// An arm within so many slots of its exact part (0.0004 % of a layer) counts as unchanged. One slot of rounding per arm adds up when others are
    /// killed, hence not 1; a share is not edited by so little.
    /// </summary>
    public const int Tolerance = 4;

    /// <summary>A share such as 0.29 times a million must not lose a slot to the last bit of a double.</summary>
    private const double Rounding = 1e-6;

    /// <param name="total">Slots of all arms together.</param>
    /// <param name="shares">Of each arm, 0..1; they sum to 1.</param>
    /// <param name="held">Slots each arm has now.</param>
    /// <param name="earlier">Slots each arm had before, the newest first: an edit that goes back to a split goes back to its rounding too.</param>
    /// <param name="tolerance">An arm within so many slots of its exact part counts as unchanged.</param>
    public static IReadOnlyList<int> Of(
        int total, IReadOnlyList<double> shares, IReadOnlyList<int> held, IEnumerable<IReadOnlyList<int>> earlier, int tolerance = Tolerance)
    {
        bool IsRoundingOf(int slots, double share) => share > 0 ? slots > 0 && Math.Abs(slots - (share * total)) < tolerance : slots == 0;
        return earlier.FirstOrDefault(had => had.Sum() == total
                && Enumerable.Range(0, shares.Count).All(i => IsRoundingOf(had[i], shares[i]) && (had[i] == held[i] || !IsRoundingOf(held[i], shares[i]))))
            ?? Of(total, shares, held, tolerance);
    }

    /// <param name="total">Slots of all arms together.</param>
    /// <param name="shares">Of each arm, 0..1; they sum to 1.</param>
    /// <param name="held">Slots each arm has now.</param>
    /// <param name="tolerance">An arm within so many slots of its exact part counts as unchanged.</param>
    /// <returns>Slots of each arm; they sum to the total. Each is less than the tolerance from its exact part, less than one slot in a new split.</returns>
    public static int[] Of(int total, IReadOnlyList<double> shares, IReadOnlyList<int> held, int tolerance = Tolerance)
    {
        var exact = shares.Select(share => share * total).ToArray();
        bool[] keeps = [.. exact.Select((part, i) => shares[i] > 0 && Math.Abs(held[i] - part) < tolerance)];
        int[] slots = [.. exact.Select((part, i) => keeps[i] ? held[i] : (int)Math.Floor(part + Rounding))];
        for (var missing = total - slots.Sum(); missing != 0; missing -= Math.Sign(missing))
            slots[Next(Math.Sign(missing), exact, slots, shares, keeps, tolerance)] += Math.Sign(missing);
        return slots;
    }

    /// <summary>Whom a slot is given or taken: who is furthest from his exact part, and an arm that keeps its slots only when no other one can bear it.</summary>
    private static int Next(int sign, double[] exact, int[] slots, IReadOnlyList<double> shares, bool[] keeps, int tolerance) =>
        Enumerable.Range(0, exact.Length)
            .Where(i => shares[i] > 0 && slots[i] + sign >= 0)
            .OrderBy(i => keeps[i] || sign * (exact[i] - slots[i]) <= 1 - tolerance)
            .ThenByDescending(i => sign * (exact[i] - slots[i]))
            .First();
}
