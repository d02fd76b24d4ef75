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
internal record RankedList(
    string? ModelVersion,
    IReadOnlyList<string> SignalNames,
    IReadOnlyList<RankedItem> Items,
    int Considered,
    string? CandidateVersion,
    IReadOnlyList<PinnedItem>? Pins = null,
    RankExplanation? Explanation = null);

/// <param name="ItemId">The item.</param>
/// <param name="Score">Higher is better; what it means is said by who made it.</param>
/// <param name="Sources">Names of the sources that proposed it.</param>
/// <param name="Signals">What the sources said of it; null when nothing was said.</param>
internal readonly record struct RankedItem(string ItemId, float Score, IReadOnlyList<string> Sources, IReadOnlyList<float>? Signals = null);
