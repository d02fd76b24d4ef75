using Splitrail.Contracts;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>A candidate that may be offered.</summary>
/// <param name="Candidate">Its place among the request's candidates.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Position">In the model, -1 when it does not know the item.</param>
/// <param name="LogPrice">ln of the catalogue's price as of now; NaN when unknown.</param>
/// <param name="Item">Its catalogue entry as of now.</param>
internal readonly record struct Offer(int Candidate, string ItemId, int Position, float LogPrice, CatalogItem Item);
