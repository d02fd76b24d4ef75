using System.Diagnostics;
using Splitrail.Models;
using Splitrail.Retrieval.Bayesian;
using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Benchmarks.Bpmf;

/// <summary>What predictions cost a request: folding a user in, and predicting some hundreds of candidates.</summary>
internal static class PredictionRate
{
    private const int Candidates = 300;
    private const int FewRatings = 50;
    private const int Rounds = 200;

    public static void Measure(BayesianModel model, int items, IReadOnlyList<Rating> train, Dictionary<string, double> figures)
    {
        var predictor = new RatingPredictor(model, items);
        var who = predictor.NewPosterior();
        var rated = model.Rated.Take(Candidates).ToArray();
        var pasts = train.GroupBy(static rating => rating.User).Where(static user => user.Count() >= FewRatings).Take(20).Select(static user => user.Take(FewRatings).ToArray()).ToArray();
        var (fold, predict) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var past = pasts[round % pasts.Length];
            var (seen, stars) = (Array.ConvertAll(past, static rating => rating.Item), Array.ConvertAll(past, static rating => rating.Stars));
            var started = Stopwatch.GetTimestamp();
            predictor.Fold(seen, stars, who);
            fold = Math.Min(fold, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            started = Stopwatch.GetTimestamp();
            foreach (var item in rated)
                predictor.Predict(who, item);
            predict = Math.Min(predict, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        figures["fold_in_of_50_ms"] = fold;
        figures["predictions_per_second"] = rated.Length / predict * 1000;
        figures["request_of_300_ms"] = fold + predict;
    }
}
