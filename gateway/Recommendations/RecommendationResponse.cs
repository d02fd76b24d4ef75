using System.Text.Json.Serialization;
using Splitrail.Contracts;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Recommendations;

/// <summary>Answer of <c>POST /v1/recommendations</c>.</summary>
/// <param name="Recommendations">Best first.</param>
/// <param name="ModelVersion">The model that chose them; null at level 3 and 4.</param>
/// <param name="Experiments">The arms this unit is in.</param>
/// <param name="ExperimentId">The first of them as <c>{experiment}_{arm}</c>.</param>
/// <param name="FallbackLevel">0 full, 1 without ranker, 2 without personal candidates, 3 the gateway's own popular list, 4 nothing.</param>
/// <param name="FallbackCause">Why it is not 0.</param>
/// <param name="Reason">Why the list is empty.</param>
/// <param name="RequestId">Send it back with events about these items.</param>
/// <param name="LatencyMs">Time the gateway took.</param>
/// <param name="CandidateModelVersion">The model that made the candidates they were chosen from: often the same.</param>
/// <param name="Explanation">When the request asked for it and ranking-svc answered.</param>
internal sealed record RecommendationResponse(
    IReadOnlyList<ShownItem> Recommendations,
    string? ModelVersion,
    IReadOnlyList<ExperimentArmShown> Experiments,
    string? ExperimentId,
    int FallbackLevel,
    string? FallbackCause,
    string? Reason,
    string RequestId,
    double LatencyMs,
    string? CandidateModelVersion = null,
    ListExplanation? Explanation = null);

/// <summary>What the request asked to explain of the whole list; each item has its own <see cref="ShownItem.Explanation"/>.</summary>
/// <param name="Ranker">Name of the ranker.</param>
/// <param name="ReRanker">Names of the re-rankers; null for none.</param>
/// <param name="Rules">What each business rule that held for the request did, also to items that are not shown.</param>
internal sealed record ListExplanation(string Ranker, string? ReRanker, IReadOnlyList<RuleEffect> Rules);

internal sealed record ExperimentArmShown(string Id, string Arm);

/// <summary>Answer of <c>GET /recommend/{user_id}</c>.</summary>
/// <param name="UserId">Who was asked for.</param>
/// <param name="Recommendations">Best first.</param>
/// <param name="TotalAvailable">How many candidates they were chosen from.</param>
/// <param name="ModelVersion">The model that chose them.</param>
/// <param name="FallbackLevel">As in <see cref="RecommendationResponse"/>.</param>
/// <param name="RequestId">Send it back with events about these items.</param>
internal sealed record UserRecommendations(
    string UserId, IReadOnlyList<PredictedItem> Recommendations, int TotalAvailable, string? ModelVersion, int FallbackLevel, string RequestId);

/// <param name="ItemId">The item.</param>
/// <param name="Title">Null while no catalogue was ever received.</param>
/// <param name="PredictedRating">
/// Where the model predicts ratings: what the user would rate it, on the shop's scale, and null for an item it does not know. Otherwise the score: at level 0 the probability of a positive interaction.
/// </param>
/// <param name="Uncertainty">Standard deviation of the rating that would be given (posterior predictive); null where the model predicts none.</param>
/// <param name="ConfidenceInterval">[low, high] of the middle 90 % of such ratings; null for the same reason.</param>
/// <param name="Score">What the list is ordered by.</param>
internal sealed record PredictedItem(
    string ItemId,
    string? Title,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? PredictedRating,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Uncertainty,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] IReadOnlyList<double>? ConfidenceInterval,
    double Score);
