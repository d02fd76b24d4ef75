using Splitrail.Datasets;
using Splitrail.Randomness;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Terminal;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Tuning;

/// <summary>
/// Searches for better settings of retrieval. The events are cut in time: 60 % to learn from, 20 % to choose by, and the last 20 % to say what the choice is worth, after models have learnt
/// anew from the 80 % before.
/// </summary>
internal sealed class RetrievalTuning(IWorkLog log)
{
    private const double LearnShare = 0.6;
    private const double ChooseShare = 0.8;

    /// <summary>With fewer people a difference of settings is not to be told from chance.</summary>
    private const int LeastPeople = 30;

    /// <exception cref="InputException">There is too little to learn from, or nobody to ask for.</exception>
    public TuningResult Run(DatasetFolder dataset, RetrievalOptions current, TuningOptions options)
    {
        var events = dataset.ReadEvents().ToArray();
        var interactions = InteractionLog.From([.. dataset.ReadItems()], events);
        TrainingChecks.Require(interactions, dataset.Path);
        var shop = ShopLog.Of(events);
        var (learnMs, chooseMs) = (shop.MomentAt(LearnShare), shop.MomentAt(ChooseShare));
        var validation = Scene(interactions, [.. events.TakeWhile(row => row.TimestampMs < chooseMs)], learnMs, options, dataset);
        var (best, quality) = Search(validation, current, options);
        if (!quality.IsBetter)
            return new TuningResult(current, false, options.Trials, quality, null);
        var heldOut = Scene(interactions, events, chooseMs, options, dataset);
        using var step = log.Step("asking the events that the search has not seen");
        return new TuningResult(best, true, options.Trials, quality, PairedQuality.Of(heldOut.Quality(current), heldOut.Quality(best)));
    }

    private (RetrievalOptions Best, PairedQuality Quality) Search(TuningScene scene, RetrievalOptions current, TuningOptions options)
    {
        using var step = log.Step($"trying {options.Trials} settings on {scene.People:N0} people");
        var chance = SplitMix64.Stream(options.Seed, 0);
        var before = scene.Quality(current);
        var (best, bestQuality) = (current, before);
        for (var trial = 1; trial < options.Trials; trial++)
        {
            step.Report((double)trial / options.Trials);
            var drawn = SettingsSpace.Draw(current, ref chance);
            var quality = scene.Quality(drawn);
            if (quality.Average() <= bestQuality.Average())
                continue;
            (best, bestQuality) = (drawn, quality);
            step.Say($"trial {trial + 1} of {options.Trials}: NDCG@10 {quality.Average():0.0000}, before {before.Average():0.0000}");
        }

        return (best, PairedQuality.Of(before, bestQuality));
    }

    private static TuningScene Scene(InteractionLog interactions, EventRow[] events, long cutMs, TuningOptions options, DatasetFolder dataset)
    {
        var scene = new TuningScene(interactions, events, cutMs, options.MostPeople);
        return scene.People >= LeastPeople
            ? scene
            : throw new InputException($"dataset {dataset.Path} has {scene.People} people with something wanted in a fifth of its time: {LeastPeople} are needed to tell settings apart");
    }
}

/// <param name="Trials">Settings to try, those so far included.</param>
/// <param name="Seed">The same seed and data give the same search.</param>
/// <param name="MostPeople">People to ask for in each trial.</param>
internal sealed record TuningOptions(int Trials, ulong Seed, int MostPeople);
