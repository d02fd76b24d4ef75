namespace Splitrail.Contracts;

/// <summary>Body of <see cref="InnerPaths.Rank"/>.</summary>
/// <param name="Context">The user's context, as candidate-svc saw it.</param>
/// <param name="SessionItems">Items of the request's session, oldest first.</param>
/// <param name="Candidates">As candidate-svc sent them.</param>
/// <param name="Count">How many of the best to return.</param>
/// <param name="Filters">Applied again here, at read time.</param>
/// <param name="Ranker">Name of the ranker, from the arm's parameters; null means the model's default.</param>
/// <param name="ModelVersion">The model that made the candidates: only one that serves with it ranks them, see <see cref="ServedModels.RankerFor"/>.</param>
/// <param name="NowMs">The request's time.</param>
/// <param name="Model">The version that shall rank, by the caller's snapshot; null is the one that serves with the candidates' version.</param>
/// <param name="ReRanker">Re-rankers by name, joined by <c>+</c>, from the arm's parameters; null for none.</param>
/// <param name="ReRank">Their options; null for the defaults.</param>
/// <param name="Unit">User or session, for what is drawn by chance: the same one draws the same for an hour.</param>
/// <param name="Rules">Ids of the business rules that hold for this request, by the caller's snapshot; null for none.</param>
/// <param name="Explain">Asks for <see cref="RankResponse.Explanation"/>.</param>
/// <param name="Rows">Asks for <see cref="RankResponse.Rows"/>.</param>
public sealed record RankRequest(
    UserContext Context,
    IReadOnlyList<string> SessionItems,
    CandidateColumns Candidates,
    int Count,
    ItemFilters Filters,
    string? Ranker,
    string? ModelVersion,
    long NowMs,
    string? Model = null,
    string? ReRanker = null,
    ReRankOptions? ReRank = null,
    string? Unit = null,
    IReadOnlyList<string>? Rules = null,
    bool Explain = false,
    bool Rows = false);

/// <param name="Outcome"><c>found</c>, <c>not_ready</c> or <c>unknown_model</c>.</param>
/// <param name="ModelVersion">The model that scored.</param>
/// <param name="Items">
/// Best first, pinned ones at their places. Scores are probabilities in 0..1 of a positive interaction; where ranking weights are set, what they make of them. Re-rankers and rules change the order and not the score; a
/// pinned item that was no candidate has 0.
/// </param>
/// <param name="Pins">Of the items those that stand where a rule put them, by position; null for none.</param>
/// <param name="Explanation">When it was asked for.</param>
/// <param name="Replica">Who answers; null from one that has no model, or is of an older release.</param>
/// <param name="Rows">When they were asked for.</param>
public sealed record RankResponse(
    string Outcome,
    string? ModelVersion,
    IReadOnlyList<ScoredItem> Items,
    IReadOnlyList<PinnedItem>? Pins = null,
    RankExplanation? Explanation = null,
    ReplicaState? Replica = null,
    RankedRows? Rows = null);

/// <summary>What the items were ranked by, for who logs it.</summary>
/// <param name="FeatureSet">Its name.</param>
/// <param name="Width">Features of a row.</param>
/// <param name="Features">items x width little-endian float32, in the order of the items; a pinned item that was no candidate has NaN.</param>
/// <param name="Propensities">By item: the chance that it was drawn for its place, 1 for what was not drawn; null when nothing was.</param>
public sealed record RankedRows(string FeatureSet, int Width, byte[] Features, IReadOnlyList<float>? Propensities = null);

/// <param name="ItemId">The item.</param>
/// <param name="Position">Its place in the list, from 1.</param>
/// <param name="Rule">The rule that put it there.</param>
public sealed record PinnedItem(string ItemId, int Position, string Rule);
