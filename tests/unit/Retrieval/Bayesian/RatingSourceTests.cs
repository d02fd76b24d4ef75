using Shouldly;
using Splitrail.Contracts;
using Splitrail.Retrieval;
using Xunit;
using static Splitrail.Tests.Unit.Retrieval.RetrievalTestModels;

namespace Splitrail.Tests.Unit.Retrieval.Bayesian;

public sealed class RatingSourceTests
{
    private static readonly CandidateGenerator s_generator = new(Chain() with { Bayesian = RatingTestModels.EvenOrOdd() });
    private static readonly UserContext s_likesEven = Rated(("i0", 5), ("i2", 5), ("i1", 1));

    [Fact]
    public void Who_likes_even_items_is_offered_the_best_of_them_and_nothing_unknown()
    {
        var proposed = Propose(s_generator, CandidateSources.Bayesian, s_likesEven);

        proposed.ShouldBe([4, 6, 8, 10, 12, 14, 16, 18], ignoreOrder: true);
    }

    [Fact]
    public void A_stranger_is_offered_what_is_best_for_anybody() =>
        Propose(s_generator, CandidateSources.Bayesian, UserContext.Empty).ShouldBe([.. Enumerable.Range(12, 8)], ignoreOrder: true);

    [Fact]
    public void A_draw_is_the_same_for_the_same_request_and_another_for_another()
    {
        var first = Propose(s_generator, CandidateSources.BayesianSampled, s_likesEven, 7);

        Propose(s_generator, CandidateSources.BayesianSampled, s_likesEven, 7).ShouldBe(first);
        Enumerable.Range(8, 10).Select(seed => Propose(s_generator, CandidateSources.BayesianSampled, s_likesEven, seed)).ShouldContain(other => !other.SequenceEqual(first));
    }

    [Fact]
    public void Draws_also_try_what_nobody_has_rated()
    {
        var tried = Enumerable.Range(0, 50).SelectMany(seed => Propose(s_generator, CandidateSources.BayesianSampled, s_likesEven, seed)).ToHashSet();

        tried.Count(static item => item >= RatingTestModels.Rated).ShouldBeGreaterThan(10);
        tried.ShouldContain(18);
    }

    [Fact]
    public void A_model_without_ratings_proposes_nothing()
    {
        var generator = new CandidateGenerator(Chain());

        Propose(generator, CandidateSources.Bayesian, s_likesEven).ShouldBeEmpty();
        Propose(generator, CandidateSources.BayesianSampled, s_likesEven).ShouldBeEmpty();
    }

    private static UserContext Rated(params (string Item, float Stars)[] ratings) => UserContext.Empty with
    {
        EventCount = ratings.Length,
        History = [.. ratings.Select(static one => new HistoryItem(one.Item, 0, AsOfMs - DayMs, 1, AsOfMs - DayMs, one.Stars))],
    };

    private static int[] Propose(CandidateGenerator generator, string source, UserContext context, long seed = 1)
    {
        using var work = generator.Rent();
        work.Allowed.SetAll();
        var query = work.Query(context, [], AsOfMs, excludeBoughtDays: 30, seed);
        return work.Generate(query, new Mix("test", [new SourceQuota(source, 8)], default, default), 8).Items.ToArray();
    }
}
