using Shouldly;
using Splitrail.Retrieval.Bayesian;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval.Bayesian;

/// <summary>Against what a normal prior of variances 1 and 1/4 and a noise of variance 1/4 give on paper.</summary>
public sealed class RatingPredictorTests
{
    private const int Unrated = RatingTestModels.Rated;
    private readonly RatingPredictor _predictor = new(RatingTestModels.EvenOrOdd(), RatingTestModels.Rated + 1);

    [Fact]
    public void A_stranger_is_told_the_items_own_with_the_priors_spread()
    {
        var said = _predictor.Predict(Fold([], []), 10);

        said.Mean.ShouldBe(3.1f, 1e-5f);
        said.Deviation.ShouldBe(MathF.Sqrt(1f + 0.25f + 0.25f), 1e-5f);
    }

    [Fact]
    public void One_rating_moves_taste_and_bias_as_on_paper()
    {
        // Item 0 rated 5: target 2, x = [1, 1], precision [[5, 4], [4, 8]], right side [8, 8]; inverse [[8, -4], [-4, 5]] / 24.
        var who = Fold([0], [5]);

        who.Ratings.ShouldBe(1);
        _predictor.Predict(who, 2).Mean.ShouldBe(3 + 0.02f + 32 / 24f + 8 / 24f, 1e-4f);
        _predictor.Predict(who, 1).Mean.ShouldBe(3 + 0.01f - 32 / 24f + 8 / 24f, 1e-4f);
        _predictor.Predict(who, 2).Deviation.ShouldBe(MathF.Sqrt((8 - 8 + 5) / 24f + 0.25f), 1e-4f);
        _predictor.Predict(who, 1).Deviation.ShouldBe(MathF.Sqrt((8 + 8 + 5) / 24f + 0.25f), 1e-4f);
    }

    [Fact]
    public void What_nobody_rated_is_as_items_are_and_adds_its_own_spread()
    {
        // Product of two normal vectors around 0: variance 1 x 1, and the two biases.
        var said = _predictor.Predict(Fold([], []), Unrated);

        said.Mean.ShouldBe(3f, 1e-5f);
        said.Deviation.ShouldBe(MathF.Sqrt(1f + 0.25f + 0.25f + 0.25f), 1e-5f);
    }

    [Fact]
    public void Ratings_of_what_nobody_else_rated_say_nothing()
    {
        var who = Fold([Unrated], [1]);

        who.Ratings.ShouldBe(0);
        _predictor.Predict(who, 10).ShouldBe(_predictor.Predict(Fold([], []), 10));
    }

    [Fact]
    public void Predictions_stay_on_the_scale()
    {
        int[] even = [.. Enumerable.Range(0, 10).Select(static n => 2 * n)];

        _predictor.Predict(Fold(even, [.. even.Select(static _ => 9f)]), 2).Mean.ShouldBe(5f);
        _predictor.Predict(Fold(even, [.. even.Select(static _ => 9f)]), 1).Mean.ShouldBe(1f);
    }

    private RatingPosterior Fold(int[] items, float[] stars)
    {
        var who = _predictor.NewPosterior();
        _predictor.Fold(items, stars, who);
        return who;
    }
}
