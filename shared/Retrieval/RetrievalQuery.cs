using Splitrail.Contracts;
using Splitrail.Models;

namespace Splitrail.Retrieval;

/// <summary>What candidates are wanted for: a history in the model's positions, and what may be offered.</summary>
public sealed class RetrievalQuery
{
    /// <summary>Liked items of the history, distinct, most recent first.</summary>
    public required ArraySegment<int> Items { get; init; }

    /// <summary>Strength of each, in 0..1: see <see cref="InteractionStrength"/>.</summary>
    public required ArraySegment<float> Strengths { get; init; }

    /// <summary>Last interaction with each, Unix milliseconds.</summary>
    public required ArraySegment<long> TimesMs { get; init; }

    /// <summary>Items that may be offered.</summary>
    public required ItemBitmap Allowed { get; init; }

    public required long NowMs { get; init; }

    /// <summary>Rated items of the history, distinct, most recent first, at most <see cref="QueryBuffer.MaxRatings"/>.</summary>
    public ArraySegment<int> Rated { get; init; } = ArraySegment<int>.Empty;

    /// <summary>Stars of each.</summary>
    public ArraySegment<float> Stars { get; init; } = ArraySegment<float>.Empty;

    /// <summary>Of what is drawn by chance.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// The user's context and the session's items, merged. Training and serving both come through <see cref="QueryBuffer"/>, so they cannot differ.
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
        var buffer = new QueryBuffer(model);
        if (allowed is null)
            buffer.Allowed.SetAll();
        else
            buffer.Allowed.CopyFrom(allowed);
        return buffer.Fill(context, sessionItems, nowMs, excludeBoughtDays);
    }
}
