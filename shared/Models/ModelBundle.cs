namespace Splitrail.Models;

/// <summary>A verified model folder, loaded.</summary>
/// <param name="Manifest">What it is.</param>
/// <param name="Folder">Where it lies; files of the ranker are read from here.</param>
/// <param name="Retrieval">What candidates are made from.</param>
public sealed record ModelBundle(ModelManifest Manifest, string Folder, RetrievalModel Retrieval)
{
    public ItemIndex Items => Retrieval.Items;

    public ItemStatistics Statistics => Retrieval.Statistics;
}

/// <summary>The part of a verified model folder that ranking needs: none of the larger retrieval models, so it is small.</summary>
/// <param name="Manifest">What it is.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Items">The items.</param>
/// <param name="Statistics">Of the items.</param>
/// <param name="Als">The items' vectors; null for a model without.</param>
public sealed record RankingBundle(ModelManifest Manifest, string Folder, ItemIndex Items, ItemStatistics Statistics, AlsModel? Als = null);
