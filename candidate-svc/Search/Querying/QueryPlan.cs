namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>
/// What a query asks of items: one slot for each of its words (or of several words that mean one thing), each with alternatives, each of one or more terms.
/// Reused.
/// </summary>
internal sealed class QueryPlan
{
    public List<PlanSlot> Slots { get; } = new(QueryWords.Most);

    public List<PlanAlternative> Alternatives { get; } = new(256);

    public List<PlanTerm> Terms { get; } = new(256);

    /// <summary>Slots that an item has to fill, and words that no item can.</summary>
    public int Needed { get; private set; }

    public void Clear()
    {
        Slots.Clear();
        Alternatives.Clear();
        Terms.Clear();
        Needed = 0;
    }

    /// <summary>Ends a slot of the alternatives from <paramref name="first"/> on; none makes none.</summary>
    public void AddSlot(int first, int word, int words, bool isFiller)
    {
        Needed += isFiller ? 0 : 1;
        if (Alternatives.Count > first)
            Slots.Add(new PlanSlot(first, Alternatives.Count - first, word, words, isFiller));
    }

    /// <summary>A query of fillers alone asks for these.</summary>
    public void NeedFillers()
    {
        if (Needed > 0)
            return;
        for (var slot = 0; slot < Slots.Count; slot++)
            Slots[slot] = Slots[slot] with { IsOptional = false };
        Needed = Slots.Count;
    }

    /// <summary>Whether a slot has the term already as an alternative of its own.</summary>
    public bool Has(int firstAlternative, PlanTerm term)
    {
        for (var a = firstAlternative; a < Alternatives.Count; a++)
        {
            if (Alternatives[a].Terms == 1 && Terms[Alternatives[a].First].IsSame(term))
                return true;
        }

        return false;
    }
}

/// <param name="First">Its first alternative.</param>
/// <param name="Count">How many.</param>
/// <param name="Word">Its first word in the query.</param>
/// <param name="Words">How many words it stands for.</param>
/// <param name="IsOptional">Counts for those that have it, and is not needed.</param>
internal readonly record struct PlanSlot(int First, int Count, int Word, int Words, bool IsOptional = false);

/// <param name="First">Its first term; an item must have all.</param>
/// <param name="Terms">How many.</param>
/// <param name="Weight">0 to 1.</param>
/// <param name="Instead">What was put in the place of what was typed: a word of the main vocabulary, or of the recent one as its complement; none: <see cref="AsTyped"/>.</param>
/// <param name="Then">The second word, when one was split into two.</param>
internal readonly record struct PlanAlternative(int First, int Terms, float Weight, int Instead = PlanAlternative.AsTyped, int Then = PlanAlternative.AsTyped)
{
    public const int AsTyped = int.MaxValue;
}

/// <param name="Main">Its number in the main segment; -1 for none.</param>
/// <param name="Recent">In the recent one.</param>
/// <param name="Having">Items that have it.</param>
/// <param name="Rarity">Its weight in the score.</param>
internal readonly record struct PlanTerm(int Main, int Recent, int Having, float Rarity)
{
    public bool IsKnown => Having > 0;

    public bool IsSame(PlanTerm other) => Main == other.Main && Recent == other.Recent;
}
