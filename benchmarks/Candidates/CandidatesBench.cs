using System.Diagnostics;
using Splitrail.Benchmarks.Ann;
using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.Benchmarks.Candidates;

/// <summary>What it takes to find the candidates of a request in process: filters as a bitmap, history, all sources, blend, signals.</summary>
internal sealed class CandidatesBench : IBench
{
    private const int Requests = 4000;
    private const int Rounds = 5;
    private const string AllSources = "explore(content=60*0.1, trending=20, popular_in_category=40, unsold=10, random=10)";
    private const int CoveredByEase = 15_000;

    public string Name => "candidates";

    public string Summary => "milliseconds and bytes to find 500 and 2,000 candidates from all sources, for users and guests, among 20,000 and 100,000 items";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["p50_ms"] = new(Max: 0.6),
        ["p99_ms"] = new(Max: 1.5),
        ["bytes_per_request"] = new(Max: 2047),
        ["p50_ms_2000"] = new(Max: 1.2),
        ["p99_ms_2000"] = new(Max: 3.0),
        ["p50_ms_100k_items"] = new(Max: 1.2),
    };

    /// <summary>Times as multiples of one pass over the scores of all items, which machines differ little in.</summary>
    public IReadOnlyDictionary<string, BenchTarget> Checks { get; } = new Dictionary<string, BenchTarget>
    {
        ["bytes_per_request"] = new(Max: 2047),
        ["p50_in_passes"] = new(Max: 400),
    };

    public Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var figures = new Dictionary<string, double>();
            var requests = request.Runs ?? Requests;
            var small = new CandidateGenerator(SyntheticModel.Draw(20_000, CoveredByEase, request.Seed));
            figures["ms_per_pass_over_scores"] = MsPerPass(small.Model.Items.Count);
            Measure(small, 500, "", requests, figures, request);
            Measure(small, 2000, "_2000", requests, figures, request);
            figures["p50_in_passes"] = figures["p50_ms"] / figures["ms_per_pass_over_scores"];
            var large = new CandidateGenerator(SyntheticModel.Draw(100_000, 0, request.Seed));
            Measure(large, 500, "_100k_items", requests, figures, request);
            return (IReadOnlyDictionary<string, double>)figures;
        },
        cancellationToken);

    private static void Measure(CandidateGenerator generator, int count, string suffix, int requests, Dictionary<string, double> figures, BenchRequest request)
    {
        var visitors = Visitor.Draw(generator.Model.Items, 500, request.Seed);
        var visible = Visible(generator.Model);
        var mix = MixExpression.Find(AllSources)!;
        Run(generator, visible, visitors, mix, count, new LoadTimes(requests));
        var best = new LoadTimes(requests).Worst();
        for (var round = 0; round < Rounds; round++)
        {
            var times = new LoadTimes(requests);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(generator, visible, visitors, mix, count, times);
            figures[$"bytes_per_request{suffix}"] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)requests;
            foreach (var (key, value) in times.Figures())
                best[key] = Math.Min(best[key], value);
        }

        foreach (var (key, value) in best)
            figures[key + suffix] = value;
        request.Progress($"{count} of {generator.Model.Items.Count:N0}: p50 {best["p50_ms"]:0.000} ms (users {best["p50_ms_known"]:0.000}, guests {best["p50_ms_guests"]:0.000}), p99 {best["p99_ms"]:0.000} ms, "
            + $"{best["p99_core_ms"]:0.000} on the core, {figures[$"bytes_per_request{suffix}"]:0} bytes");
    }

    private static void Run(CandidateGenerator generator, ItemBitmap visible, Visitor[] visitors, Mix mix, int count, LoadTimes times)
    {
        for (var r = 0; r < times.Count; r++)
        {
            var visitor = visitors[r % visitors.Length];
            var (started, core) = (Stopwatch.GetTimestamp(), ThreadClock.Seconds);
            using (var work = generator.Rent())
            {
                work.Allowed.CopyFrom(visible);
                var found = work.Generate(work.Query(visitor.Context, visitor.SessionItems, SyntheticModel.AsOfMs, 30), mix, count);
                if (found.Count != count)
                    throw new InvalidOperationException($"{found.Count} candidates were found of {count}.");
            }

            times.Set(r, (ThreadClock.Seconds - core) * 1000, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    /// <summary>One item in ten is out of stock.</summary>
    private static ItemBitmap Visible(RetrievalModel model)
    {
        var visible = ItemBitmap.All(model.Items.Count);
        for (var item = 0; item < model.Items.Count; item += 10)
            visible[item] = false;
        return visible;
    }

    private static double MsPerPass(int items)
    {
        var scores = new float[items];
        var best = double.MaxValue;
        for (var round = 0; round < 2000; round++)
        {
            var started = Stopwatch.GetTimestamp();
            System.Numerics.Tensors.TensorPrimitives.Add(scores, 1f, scores);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }
}
