using Splitrail.Contracts;

namespace Splitrail.Trainer.DemoShop;

/// <param name="Listing">As it stands in the catalogue.</param>
/// <param name="Category">Index in <see cref="DemoCategory.All"/>.</param>
/// <param name="Character">What tastes are compared with; <see cref="Tastes.Dimensions"/> numbers.</param>
/// <param name="RelativePrice">How far its price is above its category's median, in medians: -1 … 2.</param>
/// <param name="Popularity">How it sells over time.</param>
internal sealed record DemoItem(CatalogItem Listing, int Category, double[] Character, double RelativePrice, ItemPopularity Popularity);
