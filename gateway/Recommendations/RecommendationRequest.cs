using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Splitrail.Gateway.Input;

namespace Splitrail.Gateway.Recommendations;

/// <summary>Body of <c>POST /v1/recommendations</c>.</summary>
/// <param name="UserId">The user, when known. An unknown one gets a good answer for newcomers.</param>
/// <param name="SessionId">The session, when the shop keeps one.</param>
/// <param name="SessionItems">What the shopper looked at in this session, oldest first, at most 100.</param>
/// <param name="NumItems">How many items are wanted.</param>
/// <param name="Context">Where the recommendations are shown.</param>
/// <param name="Filters">What may be shown.</param>
/// <param name="Explain">Adds to each item what the candidate sources said of it and how it came to its place: parts of the score, rules, re-rankers, features.</param>
internal sealed record RecommendationRequest(
    string? UserId = null,
    string? SessionId = null,
    [property: MaxLength(100)] IReadOnlyList<string?>? SessionItems = null,
    [property: Range(1, 500), DefaultValue(10)] int? NumItems = null,
    PageContext? Context = null,
    FiltersRequest? Filters = null,
    bool? Explain = null);

/// <param name="Device">Such as phone; free text.</param>
/// <param name="Page">Such as home or product; free text.</param>
/// <param name="Category">Of the page: comes first when only the gateway's own popular list can be served.</param>
/// <param name="Country">Free text.</param>
/// <param name="Language">Free text.</param>
/// <param name="Referrer">Free text.</param>
/// <param name="AppVersion">Version of the shop's app or site, such as 3.2.0.</param>
internal sealed record PageContext(
    string? Device = null,
    string? Page = null,
    string? Category = null,
    string? Country = null,
    string? Language = null,
    string? Referrer = null,
    string? AppVersion = null);
