using Shouldly;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;
using Xunit;
using static Splitrail.Tests.Unit.Retrieval.RetrievalTestModels;

namespace Splitrail.Tests.Unit.Retrieval;

/// <summary>Sources that need no history, or only its words and categories.</summary>
public sealed class SourceTests
{
    private const int Count = 40;

    [Fact]
    public void Trending_is_what_sells_faster_this_week_than_before_the_surest_first()
    {
        var statistics = Statistics(Count);
        var (week, month) = (new float[Count], new float[Count]);
        (week[7], month[7]) = (30, 40);
        (week[3], month[3]) = (9, 12);
        (week[5], month[5]) = (70, 300);
        var model = Chain() with { Statistics = With(statistics, week, month, statistics.CountAll) };

        Propose(model, CandidateSources.Trending, []).ShouldBe([7, 3]);
    }

    [Fact]
    public void Popular_in_category_keeps_to_the_categories_of_the_history()
    {
        // Category of i is i % 3 - 1.
        var items = Propose(Chain(), CandidateSources.PopularInCategory, ["i10", "i13"]);

        items.ShouldNotBeEmpty();
        items.ShouldAllBe(item => item % 3 == 1);
        items[0].ShouldBe(1);
    }

    [Fact]
    public void Content_proposes_items_of_like_words_and_nothing_to_a_stranger()
    {
        var model = WithContent(Chain());

        Propose(model, CandidateSources.Content, ["i20"]).ShouldBe([22, 24, 26], ignoreOrder: true);
        Propose(model, CandidateSources.Content, []).ShouldBeEmpty();
    }

    [Fact]
    public void Unsold_proposes_only_what_nobody_has_had()
    {
        var statistics = Statistics(Count);
        var sold = statistics.CountAll.ToArray();
        sold[24] = sold[25] = 0;
        var model = WithContent(Chain()) with { Statistics = With(statistics, statistics.Count7, statistics.Count30, sold) };

        Propose(model, CandidateSources.Unsold, ["i20"]).ShouldBe([24]);
    }

    [Fact]
    public void Random_draws_are_spread_and_the_same_for_the_same_request()
    {
        var first = Propose(Chain(), CandidateSources.Random, ["i20"]);

        first.Length.ShouldBe(3);
        first.ShouldNotContain(20);
        Propose(Chain(), CandidateSources.Random, ["i20"]).ShouldBe(first);
        Propose(Chain(), CandidateSources.Random, ["i21"]).ShouldNotBe(first);
    }

    private static int[] Propose(RetrievalModel model, string source, string[] session)
    {
        var mix = new Mix("one", [new(source, 3)], new BlendWeights(0, 0, 0, 0), new BlendWeights(0, 0, 0, 0));
        return new CandidateGenerator(model).Generate(RetrievalQuery.Create(model, UserContext.Empty, session, AsOfMs), mix, 3).Items;
    }

    /// <summary>Items 20, 22, 24, 26 point one way, all others nowhere in particular.</summary>
    private static RetrievalModel WithContent(RetrievalModel model)
    {
        var vectors = new float[Count * 16];
        for (var item = 0; item < Count; item++)
            vectors[item * 16 + (item is 20 or 22 or 24 or 26 ? 0 : 1 + item % 15)] = 1f;
        return model with { Content = new ContentModel(16, [], [], vectors) };
    }

    private static ItemStatistics With(ItemStatistics statistics, float[] week, float[] month, float[] all) => new()
    {
        AsOfMs = statistics.AsOfMs,
        CountAll = all,
        Count365 = statistics.Count365,
        Count90 = statistics.Count90,
        Count30 = month,
        Count7 = week,
        LikedRate = statistics.LikedRate,
        FirstEventMs = statistics.FirstEventMs,
        LogPrice = statistics.LogPrice,
        Category = statistics.Category,
        CategoryNames = statistics.CategoryNames,
        RepeatRate = statistics.RepeatRate,
    };
}
