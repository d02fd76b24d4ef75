using Splitrail.Contracts;

namespace Splitrail.Gateway.Recommendations;

/// <summary>How much is known of who asked: what a recommendation can be worth depends on it.</summary>
internal static class AskedBy
{
    /// <summary>With fewer interactions a blend leans on popularity and the items next to the last ones.</summary>
    public const int KnownFrom = 5;

    /// <param name="query">The request.</param>
    /// <param name="context">Null when feature-svc did not give it.</param>
    public static string Of(RecommendationQuery query, UserContext? context) => (query, context) switch
    {
        ({ UserId: null, SessionId: null, SessionItems.Count: 0 }, _) => "nobody",
        ({ UserId: null }, _) => "guest",
        (_, null) => "unread",
        (_, { EventCount: >= KnownFrom }) => "known",
        (_, { EventCount: > 0 }) => "few",
        _ => "new",
    };
}
