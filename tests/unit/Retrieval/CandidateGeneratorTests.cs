using Shouldly;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;
using Xunit;
using static Splitrail.Tests.Unit.Retrieval.RetrievalTestModels;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class CandidateGeneratorTests
{
    private static readonly RetrievalModel s_model = Chain();
    private readonly CandidateGenerator _generator = new(s_model);

    [Fact]
    public void Without_a_history_candidates_are_the_popular_items_in_order()
    {
        var set = Generate(Mixes.Default, [], 5);

        set.Items.ShouldBe([0, 1, 2, 3, 4]);
    }

    [Fact]
    public void One_session_item_brings_its_neighbour_to_the_top_and_is_not_offered_itself()
    {
        var set = Generate(Mixes.Default, ["i20"], 100);

        set.Items[0].ShouldBe(21);
        set.Items.ShouldNotContain(20);
    }

    [Fact]
    public void Candidates_are_distinct_and_best_first()
    {
        var set = Generate(Mixes.Default, ["i3", "i20", "i30"], 100);

        set.Items.Distinct().Count().ShouldBe(set.Count);
        set.Scores.ShouldBe(set.Scores.OrderDescending());
    }

    [Fact]
    public void A_candidate_carries_the_signals_of_all_models_whatever_source_proposed_it()
    {
        var set = Generate(Mixes.Popular, ["i20"], 100);

        var neighbour = Array.IndexOf(set.Items, 21);
        var signals = set.SignalsOf(neighbour).ToArray();
        signals[1].ShouldBe(0.5f, 1e-4f);
        signals[2].ShouldBe(0.9f, 1e-4f);
        signals[0].ShouldBeGreaterThan(0.1f);
        signals[4].ShouldBe(1f);
    }

    [Fact]
    public void Ranks_of_items_without_a_score_are_the_worst_rank()
    {
        var set = Generate(Mixes.Popular, ["i20"], 100);

        set.SignalsOf(Array.IndexOf(set.Items, 0))[4].ShouldBe(SignalNames.NoRank);
    }

    [Fact]
    public void Items_that_are_not_allowed_are_proposed_by_no_source()
    {
        var allowed = new ItemBitmap(s_model.Items.Count);
        allowed[5] = allowed[21] = true;
        var query = RetrievalQuery.Create(s_model, Context(("i4", 1f), ("i20", 1f)), [], AsOfMs, allowed: allowed);

        foreach (var mix in Mixes.Table.Names)
            _generator.Generate(query, Mixes.Table.Get(mix), 100).Items.ShouldBeSubsetOf([5, 21]);
    }

    [Theory]
    [InlineData(VectorIndexes.Exact)]
    [InlineData(VectorIndexes.Ivf)]
    public void The_factors_source_proposes_the_best_of_all_scores_by_factors(string kind)
    {
        var generator = new CandidateGenerator(s_model, als: AlsIndex.Build(s_model.Als, new VectorIndexOptions(kind)));
        var query = RetrievalQuery.Create(s_model, UserContext.Empty, ["i3", "i20", "i31"], AsOfMs);
        var best = new int[7];
        generator.Score(query, scratch => TopSelection.Select(scratch.Als, query.Allowed, best, above: 0f));

        var mix = new Mix("factors", [new(CandidateSources.Als, 7)], new BlendWeights(1, 0, 0, 0), new BlendWeights(1, 0, 0, 0));
        var set = generator.Generate(query, mix, 7);

        set.Items.ShouldBe(best.Take(set.Count));
        set.Count.ShouldBe(best.Count(item => item != 0));
        set.Scores.ShouldAllBe(score => score > 0);
    }

    [Fact]
    public void Equal_requests_get_equal_answers_from_reused_scratch()
    {
        var first = Generate(Mixes.Explore, ["i7", "i9"], 30);
        Generate(Mixes.Default, ["i1", "i30"], 30);
        var second = Generate(Mixes.Explore, ["i7", "i9"], 30);

        second.Items.ShouldBe(first.Items);
        second.Signals.ShouldBe(first.Signals);
        second.Sources.ShouldBe(first.Sources);
    }

    [Fact]
    public void The_sources_mask_names_who_proposed_a_candidate()
    {
        var set = Generate(Mixes.Default, ["i20"], 100);

        var mix = Mixes.Table.Get(Mixes.Default);
        var mask = set.Sources[Array.IndexOf(set.Items, 21)];
        mix.Quotas.Where((_, s) => (mask >> s & 1) != 0).Select(quota => quota.Source)
            .ShouldBe([CandidateSources.Als, CandidateSources.ItemToItem, CandidateSources.ItemKnn, CandidateSources.Popular], ignoreOrder: true);
    }

    [Fact]
    public void The_cold_source_proposes_only_items_new_to_the_shop()
    {
        var mix = new Mix("cold", [new(CandidateSources.Cold, 50)], default, default);

        var set = _generator.Generate(RetrievalQuery.Create(s_model, UserContext.Empty, [], AsOfMs), mix, 100);

        set.Count.ShouldBeGreaterThan(5);
        set.Items.ShouldAllBe(item => item < 14);
    }

    private CandidateSet Generate(string mix, string[] session, int count) =>
        _generator.Generate(RetrievalQuery.Create(s_model, UserContext.Empty, session, AsOfMs), Mixes.Table.Get(mix), count);

    private static UserContext Context(params (string Id, float Weight)[] items) => UserContext.Empty with
    {
        EventCount = items.Length,
        History = [.. items.Select(item => new HistoryItem(item.Id, item.Weight, AsOfMs - DayMs, 1, AsOfMs - DayMs))],
    };
}
