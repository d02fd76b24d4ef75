using Splitrail.Contracts;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Recommendations;

/// <summary>What the pipeline made of a query.</summary>
/// <param name="Items">Best first.</param>
/// <param name="ModelVersion">The model that chose them.</param>
/// <param name="CandidateVersion">The model that made what they were chosen from.</param>
/// <param name="Arms">The unit's arms.</param>
/// <param name="Level">Fallback level.</param>
/// <param name="Cause">Why it is not 0.</param>
/// <param name="EmptyReason">Why there are no items.</param>
/// <param name="Considered">How many candidates they were chosen from.</param>
/// <param name="SnapshotVersion">The control snapshot used from beginning to end.</param>
/// <param name="Elapsed">Time taken.</param>
/// <param name="Explanation">Of the ranking, when it was asked for and made.</param>
/// <param name="Known">What was known of the shopper; null when it could not be had.</param>
internal sealed record Recommended(
    IReadOnlyList<ShownItem> Items,
    string? ModelVersion,
    string? CandidateVersion,
    ArmSet Arms,
    int Level,
    string? Cause,
    string? EmptyReason,
    int Considered,
    long SnapshotVersion,
    TimeSpan Elapsed,
    RankExplanation? Explanation = null,
    UserContext? Known = null);
