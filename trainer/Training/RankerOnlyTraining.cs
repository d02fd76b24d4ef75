using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Training;

/// <summary>
/// A ranker for the candidates of a version that is there: retrieval is trained on the past alone, with that version's settings, to learn what its candidates were worth. What is published is of type ranking and of
/// the version's family, with copies of its items and statistics, which features are made of (docs/decisions/0025).
/// </summary>
internal sealed class RankerOnlyTraining(TimeProvider time, IWorkLog log)
{
    /// <summary>What ranking reads besides the ranker; the last one is left out by versions that have none.</summary>
    private static readonly string[] s_shared = [RetrievalFiles.ItemsName, RetrievalFiles.StatisticsName, RetrievalFiles.AlsName];

    /// <param name="dataset">To learn from.</param>
    /// <param name="store">Holds the version with the candidates, and gets the new one.</param>
    /// <param name="candidates">That version; null for the active one.</param>
    /// <param name="options">Of the ranker; its retrieval settings are the version's.</param>
    /// <exception cref="InputException">There is no such version, or no ranker can be learnt for it.</exception>
    /// <exception cref="DatasetException">The dataset cannot be read.</exception>
    /// <exception cref="ModelException">A file of the version is damaged, or the new one is there already.</exception>
    public ModelManifest Run(DatasetFolder dataset, ModelStore store, string? candidates, ModelTrainingOptions options)
    {
        var started = time.GetTimestamp();
        var made = CandidatesOf(store, candidates);
        var version = options.Version ?? ModelTraining.VersionOf(time.GetUtcNow(), dataset.Manifest.Fingerprint);
        using var draft = store.Draft(version);
        var (count, learnt) = Learn(dataset, options, RetrievalOptions.Of(made.HyperParameters));
        var ranker = RankerFiles.Write(draft.Folder, learnt, options.Precision, options.Quantisation);
        Copy(store, made, draft.Folder);
        return draft.Commit(new ModelManifest(
            version, time.GetUtcNow(), dataset.Manifest.Name, dataset.Manifest.Fingerprint, ShopFeatures.Set.Name, made.Items, count, dataset.Manifest.LastEventMs + 1,
            [], new SortedDictionary<string, double>(StringComparer.Ordinal), made.HyperParameters, [ModelTypes.Ranking], made.FamilyName, made.Version)
        {
            Ranker = ranker,
            TrainingSeconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 1),
        });
    }

    private static ModelManifest CandidatesOf(ModelStore store, string? candidates)
    {
        var version = candidates ?? store.ActiveVersion() ?? throw new InputException($"--candidates: '{store.Folder}' has no active version, so name one of {string.Join(", ", store.Versions())}");
        var manifest = store.ReadManifest(version);
        if (!manifest.UsedFor.Contains(ModelTypes.Candidate))
            throw new InputException($"--candidates {version}: it is of type {string.Join(", ", manifest.UsedFor)} and makes no candidates; name {(manifest.Parent is { } parent ? $"'{parent}', which it was made for" : "one that does")}");
        return manifest.FeatureSet == ShopFeatures.Set.Name
            ? manifest
            : throw new InputException($"--candidates {version}: its features are '{manifest.FeatureSet}' and this build computes '{ShopFeatures.Set.Name}'; train it anew");
    }

    private (int Events, RankerOutcome Learnt) Learn(DatasetFolder dataset, ModelTrainingOptions options, RetrievalOptions retrieval)
    {
        EventRow[] events;
        InteractionLog interactions;
        using (log.Step($"reading {dataset.Path}"))
        {
            events = [.. dataset.ReadEvents()];
            interactions = InteractionLog.From([.. dataset.ReadItems()], events);
        }

        using var step = log.Step($"learning the ranker ({options.Ranker})");
        var learnt = RankerTraining.Run(
            events, cutoffMs => RetrievalTrainer.Train(interactions, cutoffMs, retrieval),
            new RankerTrainingOptions(options.Ranker, retrieval.Als.Seed) { Impressions = options.Impressions }, step.Say);
        return (events.Length, learnt ?? throw new InputException($"{dataset.Path}: too few events to learn a ranker from"));
    }

    private static void Copy(ModelStore store, ModelManifest made, string folder)
    {
        store.LoadForRanking(made.Version);
        foreach (var name in s_shared.Where(name => made.Files.Any(file => file.Name == name)))
            File.Copy(Path.Combine(store.Folder, made.Version, name), Path.Combine(folder, name));
    }
}
