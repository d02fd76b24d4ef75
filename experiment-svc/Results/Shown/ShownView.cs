namespace Splitrail.ExperimentSvc.Results.Shown;

/// <summary>What each arm showed of the catalogue, over all epochs: a view without intervals, which no decision reads.</summary>
/// <param name="CountedAt">When it was counted.</param>
/// <param name="CatalogueItems">Items that are offered now; missing while the catalogue is not known.</param>
/// <param name="ComparedAt">Impressions at which arms are compared: as many as the smallest has.</param>
/// <param name="Arms">All of them, the control too.</param>
/// <param name="NotYet">Why numbers are missing.</param>
public sealed record ShownView(DateTimeOffset CountedAt, int? CatalogueItems, long? ComparedAt, IReadOnlyList<ArmShown> Arms, NotYetView? NotYet);

/// <param name="Arm">The arm.</param>
/// <param name="Impressions">Recommended items shown to people counted there.</param>
/// <param name="Items">Different ones.</param>
/// <param name="Coverage">Those that are offered, as a share of the catalogue. It grows with the arm's users.</param>
/// <param name="ComparedCoverage">The same expected at <see cref="ShownView.ComparedAt"/> impressions: arms of any size can be compared by it.</param>
/// <param name="Categories">Different ones shown.</param>
/// <param name="CategoryEntropy">Of impressions over categories, in bits.</param>
/// <param name="EffectiveCategories">So many equally frequent ones have that entropy.</param>
public sealed record ArmShown(
    string Arm, long Impressions, int Items, double? Coverage, double? ComparedCoverage, int? Categories, double? CategoryEntropy, double? EffectiveCategories);

/// <summary>Answer of <c>GET /v1/experiments/{id}/shown</c>.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Items">Different items shown, of all arms.</param>
/// <param name="Shown">The most shown first.</param>
internal sealed record ShownItemList(string Id, int Items, IReadOnlyList<ShownItem> Shown);

/// <param name="ItemId">The item.</param>
/// <param name="Impressions">By arm; arms that never showed it are missing.</param>
internal sealed record ShownItem(string ItemId, IReadOnlyDictionary<string, long> Impressions);
