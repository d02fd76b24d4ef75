using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.TryIt;

/// <param name="Question">What was asked.</param>
/// <param name="Faults">What is wrong with it.</param>
/// <param name="Experiments">Those that can be chosen, with their states.</param>
/// <param name="Users">Some to choose.</param>
/// <param name="Found">Items of the words; null when none were typed.</param>
/// <param name="Lists">Without experiment first, then per arm; none while something is wrong.</param>
/// <param name="Known">What is known of the shopper; null when nobody could say.</param>
/// <param name="Similar">Neighbours of the item; null when none was named.</param>
public sealed record TryItModel(
    TryItQuestion Question,
    IReadOnlyList<string> Faults,
    IReadOnlyList<(string Id, string State)> Experiments,
    Asked<KnownUsers> Users,
    Asked<ShopList>? Found,
    IReadOnlyList<TriedList> Lists,
    KnownShopper? Known,
    Asked<ShopList>? Similar);

/// <param name="Name">Of the arm.</param>
/// <param name="Text">What it changes.</param>
/// <param name="List">What it would serve.</param>
/// <param name="Change">Against the list without experiment; null for that one, and where one of the two could not be had.</param>
public sealed record TriedList(string Name, string Text, Asked<ShopList> List, ListChange? Change)
{
    /// <summary>How many items both have.</summary>
    public int Shared => Change?.Moves.Values.Count(static move => !move.IsNew) ?? 0;
}

/// <param name="Events">Interactions that say something of taste.</param>
/// <param name="History">The latest items, those that are still offered.</param>
public sealed record KnownShopper(int Events, IReadOnlyList<OfferedItem> History);
