using Splitrail.Contracts;
using Splitrail.Models;

namespace Splitrail.Retrieval;

/// <summary>What candidates are wanted for: a history in the model's positions, and what may be offered.</summary>
public sealed class RetrievalQuery
{
    /// <summary>Liked items of the history, distinct, most recent first.</summary>
    public required int[] Items { get; init; }

    /// <summary>Strength of each, in 0..1: see <see cref="InteractionStrength"/>.</summary>
    public required float[] Strengths { get; init; }

    /// <summary>Last interaction with each, Unix milliseconds.</summary>
    public required long[] TimesMs { get; init; }

    /// <summary>Items that may be offered.</summary>
    public required ItemBitmap Allowed { get; init; }

    public required long NowMs { get; init; }

    /// <summary>
    /// The user's context and the session's items, merged. Training and serving both come through here, so they cannot differ.
    /// Session items are the newest of the history and are not offered again; nor is what was disliked, what was bought within
    /// <paramref name="excludeBoughtDays"/>, or, in a shop where nobody comes back to an item, anything of the history.
    /// </summary>
    /// <param name="model">Gives the positions.</param>
    /// <param name="context">The user's context.</param>
    /// <param name="sessionItems">Oldest first.</param>
    /// <param name="nowMs">The request's time.</param>
    /// <param name="excludeBoughtDays">0 leaves bought items in.</param>
    /// <param name="allowed">Items that pass all other filters; null means every item. Not changed.</param>
    public static RetrievalQuery Create(
        RetrievalModel model,
        UserContext context,
        IReadOnlyList<string> sessionItems,
        long nowMs,
        int excludeBoughtDays = 0,
        ItemBitmap? allowed = null)
    {
        var mine = allowed?.Clone() ?? ItemBitmap.All(model.Items.Count);
        var boughtSince = nowMs - excludeBoughtDays * 86_400_000L;
        var items = new List<int>(context.History.Count + sessionItems.Count);
        var strengths = new List<float>(items.Capacity);
        var times = new List<long>(items.Capacity);
        for (var i = sessionItems.Count - 1; i >= 0; i--)
        {
            var item = model.Items.Find(sessionItems[i]);
            if (item < 0 || items.Contains(item))
                continue;
            Add(item, InteractionStrength.OfSessionItem, nowMs);
            mine[item] = false;
        }

        var fromSession = items.Count;
        foreach (var past in context.History)
        {
            var item = model.Items.Find(past.ItemId);
            if (item < 0 || items.IndexOf(item, 0, fromSession) >= 0)
                continue;
            if (past.Weight > 0)
                Add(item, InteractionStrength.Of(past.Weight), past.LastMs);
            if (past.Weight < 0 || !model.Statistics.Repeats || (excludeBoughtDays > 0 && past.LastBoughtMs >= boughtSince))
                mine[item] = false;
        }

        return new RetrievalQuery { Items = [.. items], Strengths = [.. strengths], TimesMs = [.. times], Allowed = mine, NowMs = nowMs };

        void Add(int item, float strength, long timeMs)
        {
            items.Add(item);
            strengths.Add(strength);
            times.Add(timeMs);
        }
    }
}
