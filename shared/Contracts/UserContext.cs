namespace Splitrail.Contracts;

/// <summary>Body of <see cref="InnerPaths.Context"/>. Both ids may be missing: then the answer is an empty context.</summary>
public sealed record ContextRequest(string? UserId, string? SessionId);

/// <param name="Outcome"><c>found</c> or <c>unknown_user</c> (no event of this user or session is known).</param>
/// <param name="Context">Never null; empty for an unknown user.</param>
public sealed record ContextResponse(string Outcome, UserContext Context);

/// <summary>What is known of a user (or a session) when a request is answered.</summary>
/// <param name="Version">Grows with every event of this user, so that caches keyed by it never serve an old taste.</param>
/// <param name="EventCount">All interactions that say something of taste (see <c>EventWeights</c>).</param>
/// <param name="MeanLogPrice">Mean of ln(price) over bought items, null when nothing was bought.</param>
/// <param name="LastEventMs">Unix milliseconds of the last one, null when none.</param>
/// <param name="History">
/// Distinct items, most recent first: the newest <see cref="MaxHistory"/>, and beyond them whatever was bought within <see cref="BoughtWindowMs"/> before
/// the last event, because what was just bought must not be offered however much else was bought.
/// </param>
public sealed record UserContext(
    long Version,
    int EventCount,
    double? MeanLogPrice,
    long? LastEventMs,
    IReadOnlyList<HistoryItem> History)
{
    public const int MaxHistory = 500;

    /// <summary>30 days, the default of <see cref="ItemFilters.ExcludeBoughtDays"/>.</summary>
    public const long BoughtWindowMs = 30L * 24 * 60 * 60 * 1000;

    public static UserContext Empty { get; } = new(0, 0, null, null, []);
}

/// <param name="ItemId">The item.</param>
/// <param name="Weight">Strength of the interest, summed over events (see <c>EventWeights</c>); ≤ 0 means disliked.</param>
/// <param name="LastMs">Last interaction, Unix milliseconds.</param>
/// <param name="Bought">How many times it was bought (for ratings: rated as liked).</param>
/// <param name="LastBoughtMs">Last purchase, null when never.</param>
/// <param name="Rating">Stars of the last rating, null when never rated.</param>
public sealed record HistoryItem(string ItemId, float Weight, long LastMs, int Bought, long? LastBoughtMs, float? Rating = null);

/// <summary>Body of <see cref="InnerPaths.UserList"/>.</summary>
public sealed record UserListRequest(int Limit, string? After);

public sealed record UserListResponse(IReadOnlyList<string> Users, long Total);

/// <summary>Answer of <see cref="InnerPaths.ShopStatistics"/>.</summary>
public sealed record ShopStatistics(long Users, long Items, long Events, long? FirstEventMs, long? LastEventMs);
