namespace Splitrail.Retrieval;

/// <summary>What is popular in the categories that the history has most of, the newest items counting most; nothing without a history.</summary>
internal sealed class CategorySource : ICandidateSource
{
    private const int Categories = 3;
    private const int Newest = 30;

    public string Name => CandidateSources.PopularInCategory;

    public void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota)
    {
        Span<int> category = stackalloc int[Newest];
        Span<float> weight = stackalloc float[Newest];
        var known = Count(scratch, query, category, weight);
        for (var taken = 0; taken < Math.Min(Categories, known); taken++)
        {
            var best = 0;
            for (var c = 1; c < known; c++)
                best = weight[c] > weight[best] ? c : best;
            if (!(weight[best] > 0))
                return;
            scratch.ProposeInOrder(scratch.Orders.PopularByCategory[category[best]], query, (quota + Categories - 1) / Categories);
            weight[best] = 0;
        }
    }

    /// <summary>Weight by category: of each item half that of the one ten places newer.</summary>
    private static int Count(RetrievalScratch scratch, RetrievalQuery query, Span<int> category, Span<float> weight)
    {
        var known = 0;
        for (var h = 0; h < Math.Min(Newest, query.Items.Count); h++)
        {
            var mine = scratch.Statistics.Category[query.Items[h]];
            if (mine < 0)
                continue;
            var at = category[..known].IndexOf(mine);
            if (at < 0)
                (at, category[known], weight[known], known) = (known, mine, 0f, known + 1);
            weight[at] += query.Strengths[h] * MathF.Pow(2f, -h / 10f);
        }

        return known;
    }
}
