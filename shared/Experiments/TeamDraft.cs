using Splitrail.Randomness;

namespace Splitrail.Experiments;

/// <summary>
/// Two rankings in one list, so that every user compares them (Radlinski, Kurup and Joachims, How Does Clickthrough Data Reflect Retrieval Quality?, CIKM 2008): like captains who
/// choose teams, both take turns at their best item that is not in the list yet, and a coin says who begins each round. A click counts for the team of its item.
/// </summary>
public static class TeamDraft
{
    /// <param name="one">Items, the best first.</param>
    /// <param name="other">The same of the other ranking.</param>
    /// <param name="length">Of the list; fewer when both rankings end sooner.</param>
    /// <param name="chance">The coin; seeded by the request, so that a list can be made again.</param>
    public static IReadOnlyList<TeamPick<T>> Interleave<T>(IReadOnlyList<T> one, IReadOnlyList<T> other, int length, ref SplitMix64 chance)
        where T : notnull
    {
        var (list, taken) = (new List<TeamPick<T>>(length), new HashSet<T>(length));
        var (atOne, atOther, ofOne, ofOther) = (0, 0, 0, 0);
        while (list.Count < length)
        {
            atOne = Next(one, atOne, taken);
            atOther = Next(other, atOther, taken);
            if (atOne == one.Count && atOther == other.Count)
                break;
            // Who has fewer is on; with equal teams the coin. A ranking that ended leaves its turn to the other.
            var isOne = ofOne == ofOther ? chance.NextInt(2) == 0 : ofOne < ofOther;
            var isDrawn = ofOne == ofOther && atOne < one.Count && atOther < other.Count && !one[atOne].Equals(other[atOther]);
            if (isOne ? atOne == one.Count : atOther == other.Count)
                isOne = !isOne;
            var item = isOne ? one[atOne] : other[atOther];
            taken.Add(item);
            list.Add(new TeamPick<T>(item, isOne, isDrawn ? 0.5f : 1f));
            (ofOne, ofOther) = isOne ? (ofOne + 1, ofOther) : (ofOne, ofOther + 1);
        }

        return list;
    }

    private static int Next<T>(IReadOnlyList<T> ranking, int at, HashSet<T> taken)
    {
        while (at < ranking.Count && taken.Contains(ranking[at]))
            at++;
        return at;
    }
}

/// <param name="Item">Which.</param>
/// <param name="IsOne">It is of the first ranking's team.</param>
/// <param name="Propensity">Chance that it was the next one: a half where the coin said which of two items, else 1.</param>
public readonly record struct TeamPick<T>(T Item, bool IsOne, float Propensity);
