namespace Splitrail.Models;

/// <summary>All that candidates are made from, trained on one and the same past. Immutable.</summary>
/// <param name="Items">The items.</param>
/// <param name="Statistics">Counts up to the model's moment.</param>
/// <param name="Als">Matrix factorisation.</param>
/// <param name="ItemKnn">Neighbours.</param>
/// <param name="Ease">Null for catalogues too large for a dense items x items matrix.</param>
/// <param name="Content">Null where the items have no words in common, and in models from before there was such a thing.</param>
/// <param name="Bayesian">Null where there are too few ratings, and in models from before there was such a thing.</param>
public sealed record RetrievalModel(
    ItemIndex Items, ItemStatistics Statistics, AlsModel Als, ItemKnnModel ItemKnn, EaseModel? Ease, ContentModel? Content = null, BayesianModel? Bayesian = null)
{
    /// <summary>The best item-to-item weights there are: EASE, else the neighbours.</summary>
    public IItemToItem ItemToItem => Ease is not null ? Ease : ItemKnn;
}
