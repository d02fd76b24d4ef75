using Splitrail.Contracts;

namespace Splitrail.Gateway.Lists;

/// <summary>Items in order, before the filters of serving.</summary>
/// <param name="ModelVersion">The model that made it, null when none did.</param>
/// <param name="SignalNames">Names of <see cref="RankedItem.Signals"/>.</param>
/// <param name="Items">Best first.</param>
/// <param name="Considered">How many candidates the items were chosen from.</param>
/// <param name="CandidateVersion">The model that made these candidates.</param>
/// <param name="Pins">Of the items those that stand at a place, by position; null for none.</param>
/// <param name="Explanation">Why the list is as it is, when somebody asked.</param>
/// <param name="FeatureSet">Of the items' features; null when there are none.</param>
internal record RankedList(
    string? ModelVersion,
    IReadOnlyList<string> SignalNames,
    IReadOnlyList<RankedItem> Items,
    int Considered,
    string? CandidateVersion,
    IReadOnlyList<PinnedItem>? Pins = null,
    RankExplanation? Explanation = null,
    string? FeatureSet = null);

/// <param name="ItemId">The item.</param>
/// <param name="Score">Higher is better; what it means is said by who made it.</param>
/// <param name="Sources">Names of the sources that proposed it.</param>
/// <param name="Signals">What the sources said of it; null when nothing was said.</param>
/// <param name="Features">What it was ranked by, float32; empty when nobody asked.</param>
/// <param name="Propensity">As in <see cref="ImpressionItem"/>.</param>
/// <param name="Team">The arm whose ranking brought it into an interleaved list.</param>
/// <param name="Rating">What the shopper would rate it; null where the model does not say.</param>
internal readonly record struct RankedItem(
    string ItemId,
    float Score,
    IReadOnlyList<string> Sources,
    IReadOnlyList<float>? Signals = null,
    ReadOnlyMemory<byte> Features = default,
    float Propensity = 1f,
    string? Team = null,
    ItemRating? Rating = null);
