using Splitrail.Policies;

namespace Splitrail.Retrieval;

/// <summary>The built-in sources by name.</summary>
public static class CandidateSources
{
    public const string Als = "als";
    public const string ItemToItem = "item_to_item";
    public const string ItemKnn = "item_knn";
    public const string Popular = "popular";
    public const string Recent = "recent";
    public const string Cold = "cold";
    public const string Content = "content";
    public const string Trending = "trending";
    public const string PopularInCategory = "popular_in_category";
    public const string Unsold = "unsold";
    public const string Random = "random";
    public const string Bayesian = "bayesian";
    public const string BayesianSampled = "bayesian_sampled";

    public static PolicyTable<ICandidateSource> Table { get; } = new(
        "candidate source",
        [
            new AlsSource(),
            new ScoredSource(ItemToItem, static scratch => scratch.Ease),
            new ScoredSource(ItemKnn, static scratch => scratch.ItemKnn),
            new OrderedSource(Popular, static orders => orders.Popular),
            new OrderedSource(Trending, static orders => orders.Trending),
            new CategorySource(),
            new ContentSource(Content, onlyUnsold: false),
            new ContentSource(Unsold, onlyUnsold: true),
            new RandomSource(),
            new RatingSource(Bayesian, isSampled: false),
            new RatingSource(BayesianSampled, isSampled: true),
            new RecentSource(),
            new ColdSource(),
        ]);
}

/// <summary>The items whose factors go best with the history's, found by their index with the filters inside the search; nothing without a history.</summary>
internal sealed class AlsSource : ICandidateSource
{
    public string Name => CandidateSources.Als;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota) => scratch.ProposeByFactors(query, quota);
}

/// <summary>The best items by one model's scores of the history; nothing without a history.</summary>
internal sealed class ScoredSource(string name, Func<RetrievalScratch, float[]> scores) : ICandidateSource
{
    public string Name => name;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota)
    {
        if (query.Items.Count > 0)
            scratch.ProposeBest(scores(scratch), query, quota, above: 0f);
    }
}

/// <summary>What the user had lately and may be offered again: in a shop where people come back to items these are the likeliest of all.</summary>
internal sealed class RecentSource : ICandidateSource
{
    public string Name => CandidateSources.Recent;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota)
    {
        var left = quota;
        for (var h = 0; h < query.Items.Count && left > 0; h++)
        {
            if (!query.Allowed[query.Items[h]])
                continue;
            scratch.Propose(query.Items[h]);
            left--;
        }
    }
}

/// <summary>
/// Items new to the shop (first seen in the last <see cref="NewForDays"/> days), drawn at random by the time of the request: exploration,
/// so that what nobody has met yet can be met. The draw is a hash, hence the same for the same request.
/// </summary>
internal sealed class ColdSource : ICandidateSource
{
    private const int NewForDays = 14;

    public string Name => CandidateSources.Cold;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota)
    {
        var since = scratch.Statistics.AsOfMs - NewForDays * 86_400_000L;
        var count = scratch.Statistics.Count;
        var left = quota;
        for (var draw = 0; draw < quota * 20 && left > 0; draw++)
        {
            var item = (int)(Mixed((ulong)query.NowMs * 0x9E3779B97F4A7C15 + (ulong)draw) % (ulong)count);
            if (scratch.Statistics.FirstEventMs[item] < since || !query.Allowed[item])
                continue;
            scratch.Propose(item);
            left--;
        }
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Mixed(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
