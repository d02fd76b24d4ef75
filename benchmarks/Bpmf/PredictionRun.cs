using Splitrail.Models;
using Splitrail.Retrieval.Bayesian;
using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Benchmarks.Bpmf;

/// <summary>Predictions of the test's ratings by a model, its users folded in from what they rated in training.</summary>
internal sealed class PredictionRun
{
    public const int Groups = 5;

    /// <summary>Half of a standard normal distribution's middle 90 %.</summary>
    private const double Within = 1.6448536;

    private readonly (double Error, double Deviation)[] _bySpread;

    public PredictionRun(BayesianModel model, int items, IReadOnlyList<Rating> train, IReadOnlyList<Rating> test)
    {
        var predictor = new RatingPredictor(model, items);
        var known = train.ToLookup(static rating => rating.User);
        var who = predictor.NewPosterior();
        var found = new List<(double Error, double Deviation)>();
        foreach (var user in test.GroupBy(static rating => rating.User))
        {
            Rating[] past = [.. known[user.Key]];
            predictor.Fold(Array.ConvertAll(past, static rating => rating.Item), Array.ConvertAll(past, static rating => rating.Stars), who);
            foreach (var asked in user)
            {
                var said = predictor.Predict(who, asked.Item);
                found.Add((asked.Stars - said.Mean, said.Deviation));
            }
        }

        _bySpread = [.. found.OrderBy(static one => one.Deviation)];
    }

    public double Rmse => RootMean(_bySpread);

    /// <summary>Share of the ratings that lie within the middle 90 % of their predictive distribution.</summary>
    public double Coverage => _bySpread.Count(static one => Math.Abs(one.Error) <= Within * one.Deviation) / (double)_bySpread.Length;

    /// <param name="group">From 0, by rising predicted spread, of equal size.</param>
    public double RmseOf(int group) => RootMean(_bySpread[(group * _bySpread.Length / Groups)..((group + 1) * _bySpread.Length / Groups)]);

    private static double RootMean((double Error, double Deviation)[] of) => Math.Sqrt(of.Average(static one => one.Error * one.Error));
}
