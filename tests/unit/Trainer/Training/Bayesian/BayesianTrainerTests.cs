using Shouldly;
using Splitrail.Models;
using Splitrail.Retrieval.Bayesian;
using Splitrail.Trainer.Training.Bayesian;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training.Bayesian;

public sealed class BayesianTrainerTests(LearntRatings learnt) : IClassFixture<LearntRatings>
{
    private const double Within = 1.6448536;

    [Fact]
    public void What_was_planted_is_recovered_almost_to_the_noise()
    {
        var errors = HeldOut().Select(static one => one.Error).ToArray();

        // The noise is 0.5, and the ratings vary by about 1.3.
        Math.Sqrt(errors.Average(static error => error * error)).ShouldBeInRange(0.48, 0.62);
        Math.Sqrt(1 / learnt.Model.NoisePrecisions.Average()).ShouldBe(PlantedRatings.Noise, 0.05);
    }

    [Fact]
    public void Nine_of_ten_ratings_lie_where_they_are_expected_in_nine_of_ten_cases() =>
        HeldOut().Average(static one => Math.Abs(one.Error) <= Within * one.Said.Deviation ? 1 : 0.0).ShouldBeInRange(0.87, 0.93);

    [Fact]
    public void Spread_shrinks_with_every_few_ratings_of_a_user()
    {
        var user = learnt.Planted.Test.Where(static rating => rating.User == PlantedRatings.Known).ToArray();

        var spreads = new[] { 0, 3, 12, 48 }.Select(count => Spread(learnt.Fold(user[..count]))).ToArray();

        spreads[0].ShouldBeGreaterThan(spreads[1] * 1.02);
        spreads[1].ShouldBeGreaterThan(spreads[2] * 1.02);
        spreads[2].ShouldBeGreaterThan(spreads[3] * 1.02);
        spreads[3].ShouldBeGreaterThan(PlantedRatings.Noise * 0.95);
    }

    [Fact]
    public void Folding_a_user_in_says_what_the_draws_of_that_user_said()
    {
        foreach (var user in (int[])[0, 100, 239])
        {
            var who = learnt.Fold([.. learnt.Planted.Train.Where(rating => rating.User == user)]);
            for (var item = 0; item < PlantedRatings.Items; item++)
                ((double)learnt.Predictor.Predict(who, item).Mean).ShouldBe(
                    Math.Clamp(learnt.ByDraws(user, item), learnt.Model.Lowest, learnt.Model.Highest), 0.2);
        }
    }

    [Fact]
    public void A_stranger_gets_what_anybody_would_give()
    {
        var nobody = learnt.Fold([]);

        nobody.Ratings.ShouldBe(0);
        for (var item = 0; item < PlantedRatings.Items; item++)
        {
            var said = learnt.Predictor.Predict(nobody, item);
            var mean = Enumerable.Range(0, PlantedRatings.Known).Average(user => learnt.Planted.Expected(user, item));
            ((double)said.Mean).ShouldBe(mean, 0.4);
            said.Deviation.ShouldBeGreaterThan((float)PlantedRatings.Noise);
        }
    }

    [Fact]
    public void What_nobody_rated_is_as_items_are_with_the_widest_spread()
    {
        var who = learnt.Fold([.. learnt.Planted.Train.Where(static rating => rating.User == 0)]);

        var said = learnt.Predictor.Predict(who, LearntRatings.NewItem);

        said.Deviation.ShouldBeGreaterThan(Enumerable.Range(0, PlantedRatings.Items).Average(item => learnt.Predictor.Predict(who, item).Deviation));
        ((double)said.Mean).ShouldBe(learnt.Model.Mean, 1.0);
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_whatever_the_number_of_threads()
    {
        var options = LearntRatings.Options with { BurnIn = 2, Samples = 3 };

        var one = BayesianTrainer.Train(learnt.Planted.Train, options with { Threads = 1 });
        var two = BayesianTrainer.Train(learnt.Planted.Train, options with { Threads = 2 });
        var other = BayesianTrainer.Train(learnt.Planted.Train, options with { Seed = 8 });

        two.ItemRows.ShouldBe(one.ItemRows);
        two.UserPrecisions.ShouldBe(one.UserPrecisions);
        two.NoisePrecisions.ShouldBe(one.NoisePrecisions);
        other.ItemRows.ShouldNotBe(one.ItemRows);
    }

    [Fact]
    public void A_large_catalogue_keeps_fewer_draws_and_never_more_than_the_bound()
    {
        var options = new BayesianOptions();

        options.SamplesFor(5_000).ShouldBe(32);
        options.SamplesFor(60_000).ShouldBeInRange(9, 31);
        options.SamplesFor(10_000_000).ShouldBe(BayesianOptions.LeastSamples);
        ((long)options.MostItems * BayesianOptions.LeastSamples * options.Factors * sizeof(float)).ShouldBeLessThanOrEqualTo(BayesianOptions.MostBytes);
    }

    [Fact]
    public void Few_ratings_and_ratings_that_are_all_alike_teach_nothing()
    {
        var items = new ItemIndex(Enumerable.Range(0, 60).Select(static item => $"i{item}"));

        BayesianTrainer.Train(Log(raters: 20, stars: static n => 1 + n % 5), items, LearntRatings.Options).ShouldNotBeNull().Ratings.ShouldBe(1200);
        BayesianTrainer.Train(Log(raters: 19, stars: static n => 1 + n % 5), items, LearntRatings.Options).ShouldBeNull();
        BayesianTrainer.Train(Log(raters: 30, stars: static n => 1 + n % 5, each: 6), items, LearntRatings.Options).ShouldBeNull();
        BayesianTrainer.Train(Log(raters: 20, stars: static _ => 4), items, LearntRatings.Options).ShouldBeNull();
        BayesianTrainer.Train(Log(raters: 20, stars: static n => 1 + n % 5), items, LearntRatings.Options with { Factors = 0 }).ShouldBeNull();
    }

    private static Splitrail.Trainer.Training.InteractionLog Log(int raters, Func<int, int> stars, int each = 60) => InteractionLogs.Of(
        60,
        [
            .. Enumerable.Range(0, raters * each).Select(n => InteractionLogs.Rated($"u{n / each}", $"i{n % each}", n * 0.001, stars(n))),
            // Who rates again means the last one: these stand before the others.
            .. Enumerable.Range(0, 10).Select(static n => InteractionLogs.Rated($"u{n}", "i0", -1, 5)),
        ]);

    private double Spread(RatingPosterior who) => Enumerable.Range(0, PlantedRatings.Items).Average(item => learnt.Predictor.Predict(who, item).Deviation);

    private IEnumerable<(double Error, PredictedRating Said)> HeldOut()
    {
        var known = learnt.Planted.Train.ToLookup(static rating => rating.User);
        foreach (var user in learnt.Planted.Test.Where(static rating => rating.User < PlantedRatings.Known).GroupBy(static rating => rating.User))
        {
            var who = learnt.Fold([.. known[user.Key]]);
            foreach (var rating in user)
            {
                var said = learnt.Predictor.Predict(who, rating.Item);
                yield return (rating.Stars - said.Mean, said);
            }
        }
    }
}
