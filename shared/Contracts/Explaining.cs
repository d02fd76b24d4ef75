namespace Splitrail.Contracts;

/// <summary>Why a ranked list is as it is; made on request only.</summary>
/// <param name="Ranker">Name of the ranker.</param>
/// <param name="ReRanker">Names of the re-rankers; null for none.</param>
/// <param name="Rules">What each rule that held for the request did.</param>
/// <param name="Items">In the order of the list.</param>
public sealed record RankExplanation(string Ranker, string? ReRanker, IReadOnlyList<RuleEffect> Rules, IReadOnlyList<ItemExplanation> Items);

/// <param name="Rule">Its id.</param>
/// <param name="Kind">One of <see cref="RuleKinds"/>.</param>
/// <param name="Items">How many items it raised, lowered, placed or left out.</param>
/// <param name="Note">Why it did less than it says; null when it did all.</param>
public sealed record RuleEffect(string Rule, string Kind, int Items, string? Note = null);

/// <param name="ItemId">The item.</param>
/// <param name="Score">What the ranker said; null for an item that was not ranked.</param>
/// <param name="Parts">Parts of the score before they were weighed; null when the ranker alone decides.</param>
/// <param name="Weights">By which they were weighed.</param>
/// <param name="Ranks">Its rank after each step.</param>
/// <param name="Rules">What rules did to it.</param>
/// <param name="Features">Those that moved its score most, the strongest first; null where no network scored it.</param>
public sealed record ItemExplanation(
    string ItemId,
    double? Score,
    ScoreParts? Parts,
    ScoreWeights? Weights,
    StepRanks? Ranks,
    IReadOnlyList<AppliedRule>? Rules,
    IReadOnlyList<FeatureContribution>? Features);

/// <summary>Each 0..1 within the request; the meaning of each is that of its weight in <see cref="ScoreWeights"/>.</summary>
public readonly record struct ScoreParts(double Ranker, double UserProductAffinity, double Popularity, double Freshness, double Price, double Content);

/// <summary>Ranks from 1.</summary>
/// <param name="Ranker">By the ranker's score.</param>
/// <param name="Weighed">After ranking weights, boosts and burying.</param>
/// <param name="ReRanked">After the re-rankers.</param>
/// <param name="Final">After promotions and pins: as shown.</param>
public readonly record struct StepRanks(int Ranker, int Weighed, int ReRanked, int Final);

/// <param name="Rule">Its id.</param>
/// <param name="Kind">One of <see cref="RuleKinds"/>.</param>
/// <param name="Effect">In a few words.</param>
public sealed record AppliedRule(string Rule, string Kind, string Effect);

/// <param name="Feature">Name in the feature set.</param>
/// <param name="Value">Of the item.</param>
/// <param name="Contribution">The score less what it would be if the feature were the mean of the request's candidates.</param>
public sealed record FeatureContribution(string Feature, double Value, double Contribution);
