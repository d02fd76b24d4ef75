namespace Splitrail.Experiments;

/// <summary>What an arm's share came to, and the whole slots it got.</summary>
/// <param name="Exact">Share · slots of all arms; 0 for an arm that was not there.</param>
/// <param name="Slots">Whole ones.</param>
public readonly record struct SlotPart(double Exact, int Slots);

/// <summary>
/// Shares to whole slots by largest remainder, with a memory: an arm whose share comes to what it came to before keeps its slots, and the arms that were
/// edited take up the rounding. Else an edit of two arms would now and then move a slot's users of a third.
/// </summary>
public static class SlotShares
{
    /// <summary>Rounding of others that an edited arm takes up at most; beyond it an arm that was not edited moves by a slot after all.</summary>
    public const int MostRounding = 4;

    /// <summary>A share such as 0.29 times a million must not lose a slot to the last bit of a double.</summary>
    private const double Rounding = 1e-6;

    /// <summary>A share is not edited by less than this part of a slot.</summary>
    private const double Same = 1e-3;

    /// <param name="total">Slots of all arms together.</param>
    /// <param name="shares">Of each arm, 0..1; they sum to 1.</param>
    /// <param name="now">Each arm as it is.</param>
    /// <param name="earlier">Each arm as it was, the newest first: an edit that goes back to a split goes back to its rounding too.</param>
    /// <param name="mostRounding">See <see cref="MostRounding"/>.</param>
    /// <returns>Slots of each arm; they sum to the total.</returns>
    public static int[] Of(
        int total, IReadOnlyList<double> shares, IReadOnlyList<SlotPart> now, IEnumerable<IReadOnlyList<SlotPart>> earlier, int mostRounding = MostRounding)
    {
        double[] exact = [.. shares.Select(share => share * total)];
        bool[] keeps = [.. now.Select((part, i) => shares[i] > 0 && part.Slots > 0 && Math.Abs(part.Exact - exact[i]) < Same)];
        var undone = earlier.FirstOrDefault(was =>
            was.Sum(static part => part.Slots) == total && was.Zip(exact).All(static arm => Math.Abs(arm.First.Exact - arm.Second) < Same)
            && Enumerable.Range(0, exact.Length).All(i => !keeps[i] || was[i].Slots == now[i].Slots));
        return undone is not null ? [.. undone.Select(static part => part.Slots)] : Round(total, exact, keeps, now, mostRounding);
    }

    private static int[] Round(int total, double[] exact, bool[] keeps, IReadOnlyList<SlotPart> now, int mostRounding)
    {
        int[] slots = [.. exact.Select((part, i) => keeps[i] ? now[i].Slots : (int)Math.Floor(part + Rounding))];
        for (var missing = total - slots.Sum(); missing != 0; missing -= Math.Sign(missing))
            slots[Next(Math.Sign(missing), exact, slots, keeps, mostRounding)] += Math.Sign(missing);
        return slots;
    }

    /// <summary>Whom a slot is given or taken: who is furthest from his exact part, and an arm that keeps its slots only when no other one can bear it.</summary>
    private static int Next(int sign, double[] exact, int[] slots, bool[] keeps, int mostRounding) =>
        Enumerable.Range(0, exact.Length)
            .Where(i => exact[i] > 0 && slots[i] + sign >= 0)
            .OrderBy(i => keeps[i] || sign * (exact[i] - slots[i]) <= 1 - mostRounding)
            .ThenByDescending(i => sign * (exact[i] - slots[i]))
            .First();
}
