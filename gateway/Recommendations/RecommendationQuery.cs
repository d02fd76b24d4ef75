using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Gateway.Recommendations;

/// <summary>A recommendation request that keeps all the rules.</summary>
/// <param name="UserId">Null for a guest.</param>
/// <param name="SessionId">Null when the shop keeps no session.</param>
/// <param name="SessionItems">Oldest first.</param>
/// <param name="Count">How many items are wanted.</param>
/// <param name="Filters">See <see cref="ItemFilters"/>.</param>
/// <param name="Page">Where the recommendations are shown; its category comes first when only the popular list can be served.</param>
/// <param name="Explain">Adds signals and explanations to each item; such a request is not answered from the cache.</param>
/// <param name="Preview">What would be served under these parameters: no arm is assigned, and nothing is counted. Null for a shopper's request.</param>
internal sealed record RecommendationQuery(
    string? UserId,
    string? SessionId,
    IReadOnlyList<string> SessionItems,
    int Count,
    ItemFilters Filters,
    PageFacts? Page = null,
    bool Explain = false,
    ArmParameters? Preview = null)
{
    public Subject Subject => new(UserId, SessionId);
}
