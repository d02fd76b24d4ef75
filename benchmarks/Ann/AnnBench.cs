using System.Diagnostics;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Benchmarks.Ann;

/// <summary>Search of vectors on one thread: the exact scan, lists over a million vectors from a mapped file, and lists over a set that is hard to divide into lists.</summary>
internal sealed class AnnBench : IBench
{
    private const int Small = 100_000;
    private const int Large = 1_000_000;

    public string Name => "ann";

    public string Summary => "vector search: exact scan of 100,000 and 1,000,000 x 64, lists over 1,000,000 and over a harder 100,000, beside a scan in floats";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["exact_100k_p50_ms"] = new(Max: 0.25),
        ["exact_1m_p50_ms"] = new(Max: 3.0),
        ["exact_recall"] = new(Min: 1),
        ["approx_1m_qps"] = new(Min: 12_000),
        ["approx_1m_recall"] = new(Min: 0.99),
        ["approx_1m_bytes_per_vector"] = new(Max: 220),
        ["approx_1m_build_s"] = new(Max: 130),
        ["approx_hard_qps"] = new(Min: 8_000),
        ["approx_hard_recall"] = new(Min: 0.95),
    };

    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["exact_100k_times_float_scan"] = new(Min: 4.5),
        ["exact_1m_times_float_scan"] = new(Min: 6.5),
        ["exact_recall"] = new(Min: 1),
        ["approx_1m_times_exact"] = new(Min: 13),
        ["approx_1m_recall"] = new(Min: 0.99),
        ["approx_1m_bytes_per_vector"] = new(Max: 100),
        ["approx_hard_times_exact"] = new(Min: 1.3),
        ["approx_hard_recall"] = new(Min: 0.95),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
            MeasureExact(figures, "100k", Small, 3000, request);
            MeasureHard(figures, request, cancellationToken);
            MeasureLarge(figures, request, cancellationToken);
            return (IReadOnlyDictionary<string, double>)figures;
        },
        cancellationToken);

    private static FloatRows MeasureExact(SortedDictionary<string, double> figures, string name, int count, int queryCount, BenchRequest request)
    {
        request.Progress($"making {count:N0} vectors");
        var rows = ClusteredVectors.Make(count, ClusteredVectors.BaseSeed, 0.1);
        var queries = ClusteredVectors.Make(queryCount, ClusteredVectors.QuerySeed, 0.1);
        request.Progress($"set {ClusteredVectors.Fingerprint(rows):x16}; scanning them in floats");
        var floats = SearchRun.Of(ClusteredVectors.Make(100, ClusteredVectors.QuerySeed, 0.1), (query, best) => FloatScan.Search(rows, query, best));
        request.Progress("scanning them by half bytes");
        var search = By(ExactVectorIndex.Build(rows, Environment.ProcessorCount));
        var exact = SearchRun.Of(queries, search);
        figures[$"exact_{name}_p50_ms"] = exact.P50Ms;
        figures[$"exact_{name}_p99_ms"] = exact.P99Ms;
        figures[$"exact_{name}_qps"] = exact.PerSecond;
        figures[$"float_scan_{name}_p50_ms"] = floats.P50Ms;
        figures[$"exact_{name}_times_float_scan"] = floats.P50Ms / exact.P50Ms;
        var recall = SearchRun.Recall(queries, 100, search, (query, best) => FloatScan.Search(rows, query, best));
        figures["exact_recall"] = Math.Min(recall, figures.GetValueOrDefault("exact_recall", 1));
        return rows;
    }

    private static void MeasureHard(SortedDictionary<string, double> figures, BenchRequest request, CancellationToken cancellation)
    {
        request.Progress("building lists of the harder set");
        var rows = ClusteredVectors.Make(Small, ClusteredVectors.BaseSeed, 0.2);
        var queries = ClusteredVectors.Make(3000, ClusteredVectors.QuerySeed, 0.2);
        var index = IvfBuilder.Build(rows, new IvfOptions(Lists: 400, Recall: 0.955), cancellation);
        Measure(figures, "hard", index, ExactVectorIndex.Build(rows, Environment.ProcessorCount), queries, queries.Count, request);
    }

    private static void MeasureLarge(SortedDictionary<string, double> figures, BenchRequest request, CancellationToken cancellation)
    {
        var rows = MeasureExact(figures, "1m", Large, 500, request);
        request.Progress("building lists of them");
        var (started, path) = (Stopwatch.GetTimestamp(), Path.Combine(request.StateDirectory, "ann.vectors"));
        var built = IvfBuilder.Build(rows, new IvfOptions(Recall: 0.995), cancellation);
        figures["approx_1m_build_s"] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Directory.CreateDirectory(request.StateDirectory);
        VectorIndexFile.Write(path, built);
        var index = (IvfVectorIndex)VectorIndexFile.Open(path);
        File.Delete(path);
        figures["approx_1m_bytes_per_vector"] = index.ResidentBytes / (double)Large;
        var queries = ClusteredVectors.Make(10_000, ClusteredVectors.QuerySeed, 0.1);
        Measure(figures, "1m", index, ExactVectorIndex.Build(rows, Environment.ProcessorCount), queries, 2000, request);
    }

    private static void Measure(
        SortedDictionary<string, double> figures, string name, IvfVectorIndex index, ExactVectorIndex truth, FloatRows queries, int recallQueries, BenchRequest request)
    {
        request.Progress($"searching {index.Rows.Count:N0} vectors in {index.Probes} of {index.Lists} lists, set {ClusteredVectors.Fingerprint(index.Rows):x16}");
        var (search, exactly) = (By(index), By(truth));
        var run = SearchRun.Of(queries, search);
        var exact = SearchRun.Of(queries.Head(500), exactly);
        figures[$"approx_{name}_qps"] = run.PerSecond;
        figures[$"approx_{name}_wall_qps"] = run.WallPerSecond;
        figures[$"approx_{name}_p50_ms"] = run.P50Ms;
        figures[$"approx_{name}_p99_ms"] = run.P99Ms;
        figures[$"approx_{name}_times_exact"] = run.PerSecond / exact.PerSecond;
        figures[$"approx_{name}_recall"] = SearchRun.Recall(queries, recallQueries, search, exactly);
    }

    private static Search By(IVectorIndex index)
    {
        var scratch = new VectorScratch();
        return (query, best) => index.Search(query, null, best, scratch);
    }
}
