namespace Splitrail.Contracts;

/// <summary>A list as the gateway served it, with what it was ranked by. Published in batches: a share of all lists, and every one that was interleaved. It says of the shopper what an <see cref="Exposure"/> says.</summary>
/// <param name="RequestId">Events that name it say what came of the list.</param>
/// <param name="Unit">The user, else the session.</param>
/// <param name="UnitKind"><c>user</c> or <c>session</c>.</param>
/// <param name="TimestampMs">When it was served, Unix milliseconds.</param>
/// <param name="SnapshotVersion">The control snapshot it was made by.</param>
/// <param name="FallbackLevel">Of the answer, 0 to 4.</param>
/// <param name="ModelVersion">The model that ranked it; null when none did.</param>
/// <param name="CandidateVersion">The model that made the candidates; null when none did.</param>
/// <param name="FeatureSet">Of the items' features; null when there are none.</param>
/// <param name="Arms">The shopper's, with the chance each had.</param>
/// <param name="Items">As shown, the first ones of a long list.</param>
/// <param name="Interleaving">When two rankings are in the list; else null.</param>
public sealed record Impression(
    string RequestId,
    string Unit,
    string UnitKind,
    long TimestampMs,
    long SnapshotVersion,
    int FallbackLevel,
    string? ModelVersion,
    string? CandidateVersion,
    string? FeatureSet,
    IReadOnlyList<ImpressionArm> Arms,
    IReadOnlyList<ImpressionItem> Items,
    TeamCredit? Interleaving = null);

/// <param name="Experiment">The experiment.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Epoch">Of the split.</param>
/// <param name="Probability">Of this arm within the experiment, 1 for who was put into it by name.</param>
public sealed record ImpressionArm(string Experiment, string Arm, int Epoch, double Probability);

/// <param name="ItemId">The item.</param>
/// <param name="Position">From 1.</param>
/// <param name="Propensity">
/// Chance that this item was drawn for its place, given the places that were drawn for: of an exploration slot, of a turn in an interleaved list, or both multiplied; 1 where nothing was left to chance.
/// </param>
/// <param name="Features">Little-endian float32, one per feature of the set; null when it was not ranked by any, or nobody asked for them.</param>
/// <param name="Team">The arm whose ranking brought it into an interleaved list; null in others, and for pinned items.</param>
/// <param name="Score">The probability that the model gave it; null when none ranked it.</param>
public sealed record ImpressionItem(string ItemId, int Position, double Propensity = 1, byte[]? Features = null, string? Team = null, double? Score = null);

/// <summary>Whose clicks on the list are credited to the items' teams.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Unit">Who takes part in it, as in its exposures.</param>
/// <param name="UnitKind"><c>user</c> or <c>session</c>.</param>
public sealed record TeamCredit(string Experiment, string Unit, string UnitKind);

public sealed record ImpressionBatch(IReadOnlyList<Impression> Impressions);
