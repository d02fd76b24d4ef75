using Splitrail.Trainer.Evaluation;

namespace Splitrail.Benchmarks.Quality;

/// <summary>How good the lists are: each method trained on the past, tested on the future of the same shop.</summary>
internal sealed class QualityBench : IBench
{
    private const string Gain = "ndcg_at_10_gain_over_best_single";

    public string Name => "quality";

    public string Summary => "NDCG@10, Recall@20 and coverage of popularity, item-to-item, ALS and the whole pipeline, on the future";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        // As a share of the best single method, popularity among them; anything above nothing is a win.
        [Gain] = new(Min: 0.0001),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var figures = new Dictionary<string, double>(QualityStudy.Run(QualityData.Open(request), (int)request.Seed, request.Progress));
            var best = new[] { Recommenders.Popularity, Recommenders.ItemToItem, Recommenders.Als }.Max(name => figures[$"ndcg_at_10_{name}"]);
            figures[Gain] = figures[$"ndcg_at_10_{Recommenders.Pipeline}"] / best - 1;
            return (IReadOnlyDictionary<string, double>)figures;
        },
        cancellationToken);
}
