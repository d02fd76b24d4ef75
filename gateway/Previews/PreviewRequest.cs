using Splitrail.Contracts;
using Splitrail.Gateway.Recommendations;

namespace Splitrail.Gateway.Previews;

/// <summary>Body of <c>POST /v1/recommendations/preview</c>.</summary>
/// <param name="Request">For whom. A session is not looked at: previews leave no trace.</param>
/// <param name="Parameters">Of the arm; left out for the shop without experiments.</param>
internal sealed record PreviewRequest(RecommendationRequest? Request = null, ArmParameters? Parameters = null);

/// <param name="List">As it would be served, explained.</param>
/// <param name="Events">How many interactions of the shopper are known; null when they could not be asked for.</param>
/// <param name="History">Items of the shopper's, the latest first; at most <see cref="MostHistory"/>.</param>
internal sealed record PreviewResponse(RecommendationResponse List, int? Events, IReadOnlyList<string> History)
{
    public const int MostHistory = 12;
}
