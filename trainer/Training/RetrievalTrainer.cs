using System.Diagnostics;
using Splitrail.Models;

namespace Splitrail.Trainer.Training;

/// <summary>Trains every retrieval model on the events before one moment.</summary>
internal static class RetrievalTrainer
{
    /// <param name="log">The events.</param>
    /// <param name="asOfMs">Nothing at or after this moment is used.</param>
    /// <param name="options">Hyper-parameters.</param>
    /// <param name="progress">Told what took how long; may be null.</param>
    public static RetrievalModel Train(InteractionLog log, long asOfMs, RetrievalOptions options, IProgress<string>? progress = null)
    {
        var events = log.CountBefore(asOfMs);
        var support = Support(log, events);
        // Falling support, so that EASE covers a prefix; the sort is stable, hence catalogue order among equals.
        var order = Enumerable.Range(0, log.Items.Length).OrderByDescending(item => support[item]).ToArray();
        var position = new int[order.Length];
        for (var p = 0; p < order.Length; p++)
            position[order[p]] = p;
        var matrix = InteractionMatrix.From(
            Enumerable.Range(0, events).Where(e => log.Weight[e] != 0).Select(e => (log.Subject[e], position[log.Item[e]], log.Weight[e])), order.Length);
        var terms = TermMatrix.From(Array.ConvertAll(order, item => log.Items[item]));
        var covered = support.Count(count => count >= options.EaseMinSupport);
        return new RetrievalModel(
            new ItemIndex(order.Select(item => log.Items[item].ItemId)),
            Timed("statistics", progress, () => ItemCounting.Count(log, events, asOfMs, order, position)),
            Timed("als", progress, () => AlsTrainer.Train(matrix, options.Als)),
            Timed("item_knn", progress, () => ItemKnnTrainer.Train(matrix, options.KnnNeighbours, options.KnnShrink)),
            covered > options.EaseMaxItems || covered == 0 ? null : Timed("ease", progress, () => EaseTrainer.Train(matrix, covered, options.EaseLambda, terms, options.EaseLambda * options.EaseWords)),
            Timed("content", progress, () => options.ContentFactors == 0 ? null : LatentSemantics.Train(terms, options.ContentFactors, options.Als.Seed)));
    }

    /// <summary>The statistics of a model at a later moment: what a shop counts every night without learning anew.</summary>
    public static ItemStatistics CountAnew(InteractionLog log, RetrievalModel model, long asOfMs)
    {
        var position = Array.ConvertAll(log.Items, item => model.Items.Find(item.ItemId));
        var order = new int[position.Length];
        for (var item = 0; item < order.Length; item++)
            order[position[item]] = item;
        return ItemCounting.Count(log, log.CountBefore(asOfMs), asOfMs, order, position);
    }

    /// <summary>Distinct subjects with an interest in the item.</summary>
    private static int[] Support(InteractionLog log, int events)
    {
        var seen = new HashSet<(int Subject, int Item)>();
        var support = new int[log.Items.Length];
        for (var e = 0; e < events; e++)
            if (log.Weight[e] > 0 && seen.Add((log.Subject[e], log.Item[e])))
                support[log.Item[e]]++;
        return support;
    }

    private static T Timed<T>(string what, IProgress<string>? progress, Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        var made = work();
        progress?.Report($"{what}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        return made;
    }
}
