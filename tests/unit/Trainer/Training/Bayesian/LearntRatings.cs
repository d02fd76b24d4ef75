using Splitrail.Models;
using Splitrail.Retrieval.Bayesian;
using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Tests.Unit.Trainer.Training.Bayesian;

/// <summary>A model of planted ratings, learnt once for a class of tests, and what its sampler's own draws of the users predicted on the way.</summary>
public sealed class LearntRatings
{
    internal static readonly BayesianOptions Options = new(Factors: 8, BurnIn: 30, Samples: 24, Thin: 2, Seed: 7);
    private readonly double[] _sums = new double[PlantedRatings.Known * PlantedRatings.Items];
    private int _sweeps;
    private int _draws;

    public LearntRatings()
    {
        Model = BayesianTrainer.Train(Planted.Train, Options, Watch);
        Predictor = new RatingPredictor(Model, PlantedRatings.Items + 1);
    }

    internal PlantedRatings Planted { get; } = new();

    internal BayesianModel Model { get; }

    internal RatingPredictor Predictor { get; }

    /// <summary>An item that nobody rated.</summary>
    internal const int NewItem = PlantedRatings.Items;

    /// <summary>Mean over the sampler's own draws of user and item.</summary>
    internal double ByDraws(int user, int item) => Model.Mean + _sums[user * PlantedRatings.Items + item] / _draws;

    internal RatingPosterior Fold(IReadOnlyList<Rating> ratings)
    {
        var who = Predictor.NewPosterior();
        Predictor.Fold([.. ratings.Select(static rating => rating.Item)], [.. ratings.Select(static rating => rating.Stars)], who);
        return who;
    }

    private void Watch(GibbsSampler sampler)
    {
        // Users and items of the sampler are numbered as here: all of the known ones have ratings.
        if (++_sweeps <= Options.BurnIn)
            return;
        _draws++;
        for (var user = 0; user < PlantedRatings.Known; user++)
            for (var item = 0; item < PlantedRatings.Items; item++)
                _sums[user * PlantedRatings.Items + item] += Product(sampler.Users.Vectors, user, sampler.Items.Vectors, item);
    }

    private static double Product(float[] users, int user, float[] items, int item)
    {
        var (width, bias) = (Options.Factors, Options.Factors - 1);
        var sum = (double)users[user * width + bias] + items[item * width + bias];
        for (var k = 0; k < bias; k++)
            sum += (double)users[user * width + k] * items[item * width + k];
        return sum;
    }
}
