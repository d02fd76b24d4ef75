using Shouldly;
using Splitrail.Contracts;
using Splitrail.RankingSvc.Weights;
using Splitrail.Tests.Unit.RankingSvc.ReRankers;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Weights;

public sealed class ScoreBlendTests
{
    private static readonly (float, string, double)[] s_items = [(0.5f, "a", 4), (0.3f, "b", 1), (0.1f, "b", 2)];

    [Fact]
    public void The_default_is_the_ranker_alone()
    {
        Book().IsRankerAlone.ShouldBeTrue();
        Book(("global", new ScoreWeights(2))).IsRankerAlone.ShouldBeTrue("one weight alone orders as the ranker does");
        Book(("b", new ScoreWeights(1, Price: 1))).IsRankerAlone.ShouldBeFalse();
    }

    [Fact]
    public void Parts_are_brought_to_one_scale_and_their_mean_is_the_score()
    {
        var scores = Scores(Book(("global", new ScoreWeights(Ranker: 1, Freshness: 1))));
        scores[0].ShouldBe((1f + MathF.Pow(2, -1f / 30)) / 2, 1e-4f);
        scores[2].ShouldBe((0f + MathF.Pow(2, -3f / 30)) / 2, 1e-4f);
        Scores(Book(("global", new ScoreWeights(Ranker: 0, Popularity: 1)))).ShouldBe([1f, 0.5f, 0f], 0.2);
    }

    [Fact]
    public void A_category_has_its_own_weights_and_the_others_the_global_ones()
    {
        var scores = Scores(Book(("global", new ScoreWeights(1, Price: 0)), ("B", new ScoreWeights(0, Price: 1))), usual: 1);
        scores[0].ShouldBe(1f);
        scores[1].ShouldBe(1f, "the usual price");
        scores[2].ShouldBe(0.5f, 1e-4f, "twice of it is half the way to four times");
    }

    [Fact]
    public void What_nothing_is_known_of_is_0_and_not_a_failure() =>
        Scores(Book(("global", new ScoreWeights(0, UserProductAffinity: 1, Content: 1, Price: 1)))).ShouldBe([0f, 0f, 0f]);

    private static float[] Scores(WeightBook book, double? usual = null) => new ReRankBench
    {
        Request = new RankRequest(
            UserContext.Empty with { MeanLogPrice = usual is { } price ? Math.Log(price) : null }, [], CandidateColumns.Of(["i0", "i1", "i2"], [], [], [0, 0, 0], [], [0, 0, 0]), 3,
            ItemFilters.Default, null, "v1", Retrieval.RetrievalTestModels.AsOfMs),
    }.Blend(book, s_items);

    private static WeightBook Book(params (string Category, ScoreWeights Weights)[] weights) => WeightBook.Of(
        new ControlSnapshot(1, "", 0, null, [], new Dictionary<string, bool>(), Weights: [.. weights.Select(static one => new CategoryWeights(one.Category, one.Weights))]));
}
