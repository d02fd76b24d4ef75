using System.Diagnostics;
using Splitrail.Benchmarks.Sources;
using Splitrail.Contracts;
using Splitrail.Models;
using Splitrail.Trainer.Evaluation;
using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Benchmarks.Bpmf;

/// <summary>
/// How well ratings are predicted, and how well their spread is known: MovieLens (latest, small), a fifth of the ratings by hash for the test. What is measured is what is served: the thinned draws of a model folder, users
/// folded in from their training ratings.
/// </summary>
internal sealed class BpmfBench : IBench
{
    public string Name => "bpmf";

    public string Summary => "RMSE and 90 % coverage of predicted ratings on MovieLens, by predicted spread; seconds to learn, predictions per second";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["rmse"] = new(Max: 0.845),
        ["coverage_90"] = new(Min: 0.88, Max: 0.92),
        ["rising_quintiles"] = new(Min: 4),
        ["speed_set_rmse"] = new(Max: 1.30),
        ["request_of_300_ms"] = new(Max: 1),
    };

    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["rmse"] = new(Max: 0.845),
        ["coverage_90"] = new(Min: 0.88, Max: 0.92),
        ["rising_quintiles"] = new(Min: 4),
        ["speed_set_rmse"] = new(Max: 1.30),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var figures = new Dictionary<string, double>();
            Films(request, figures);
            SpeedSet(request, figures);
            return (IReadOnlyDictionary<string, double>)figures;
        },
        cancellationToken);

    private static void Films(BenchRequest request, Dictionary<string, double> figures)
    {
        var (train, test, items) = Split(request);
        figures["train_ratings"] = train.Count;
        figures["test_ratings"] = test.Count;
        figures["rmse_bias_only"] = new RatingBiases(train).Rmse(test);
        var (model, seconds) = Learn(train, request);
        figures["fit_seconds"] = seconds;
        figures["model_bytes"] = model.ItemRows.LongLength * sizeof(float);
        var run = new PredictionRun(model, items, train, test);
        figures["rmse"] = run.Rmse;
        figures["coverage_90"] = run.Coverage;
        for (var quintile = 0; quintile < PredictionRun.Groups; quintile++)
            figures[$"rmse_quintile_{quintile + 1}"] = run.RmseOf(quintile);
        figures["rising_quintiles"] = Enumerable.Range(1, PredictionRun.Groups - 1).Count(quintile => run.RmseOf(quintile) > run.RmseOf(quintile - 1));
        request.Progress($"RMSE {run.Rmse:0.0000}, coverage {run.Coverage:0.000}, {seconds:0.0} s");
        PredictionRate.Measure(model, items, train, figures);
    }

    private static void SpeedSet(BenchRequest request, Dictionary<string, double> figures)
    {
        var (train, test) = SpeedRatings.Draw();
        var (model, seconds) = Learn(train, request);
        figures["speed_set_rmse"] = new PredictionRun(model, SpeedRatings.Items, train, test).Rmse;
        figures["speed_set_sweeps_per_second"] = Sweeps / seconds;
    }

    private static int Sweeps => new BayesianOptions() is var options ? options.BurnIn + options.Samples * options.Thin : 0;

    private static (BayesianModel Model, double Seconds) Learn(List<Rating> train, BenchRequest request)
    {
        request.Progress($"learning {train.Count:N0} ratings");
        var started = Stopwatch.GetTimestamp();
        var model = BayesianTrainer.Train(train, new BayesianOptions(Seed: (int)request.Seed));
        return (model, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static (List<Rating> Train, List<Rating> Test, int Items) Split(BenchRequest request)
    {
        var (train, test) = (new List<Rating>(), new List<Rating>());
        var items = 0;
        foreach (var row in ReferenceData.Open(request, ReferenceData.Films).ReadEvents().Where(static row => row.Type == EventTypes.Rating))
        {
            var rating = new Rating(int.Parse(row.UserId!, null), int.Parse(row.ItemId, null), (float)(row.ValueMicros / 1e6));
            items = Math.Max(items, rating.Item + 1);
            (HashSplit.Of(rating.User, rating.Item) == SplitPart.Test ? test : train).Add(rating);
        }

        return (train, test, items);
    }
}
