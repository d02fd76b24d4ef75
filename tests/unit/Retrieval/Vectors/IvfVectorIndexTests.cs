using Shouldly;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval.Vectors;

public sealed class IvfVectorIndexTests
{
    private const int Count = 5_000;
    private const int Width = 24;

    [Fact]
    public void Looking_through_all_lists_finds_what_the_exact_index_finds()
    {
        foreach (var kind in VectorCases.Kinds)
        {
            var rows = VectorCases.Rows(kind, 700, 16, 2);
            // 16 dimensions: four deviations are all of the bound, hence proof.
            var index = IvfBuilder.Build(rows, new IvfOptions(Lists: 20, Probes: 20, Threads: 1));
            for (var seed = 1UL; seed <= 10; seed++)
            {
                var query = VectorCases.Query(kind, 16, seed);
                var allowed = VectorCases.Allowed(700, seed % 2 == 0 ? 0.3 : 1, seed);
                VectorCases.Search(index, query, allowed, 12).ShouldBe(VectorCases.Naive(rows, query, allowed, 12), $"{kind}, seed {seed}");
            }
        }
    }

    [Fact]
    public void Every_path_finds_the_same()
    {
        var rows = VectorCases.Rows("unit", Count, Width, 3);
        var indexes = VectorPaths.Supported.Select(path => IvfBuilder.Build(rows, new IvfOptions(Lists: 60, Probes: 5, Path: path))).ToArray();
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var query = VectorCases.Query("unit", Width, seed);
            foreach (var index in indexes)
                VectorCases.Search(index, query, null, 10).ShouldBe(VectorCases.Search(indexes[0], query, null, 10));
        }
    }

    [Fact]
    public void The_probes_are_as_many_as_the_recall_needs()
    {
        var rows = VectorCases.Rows("unit", Count, Width, 3);
        var modest = IvfBuilder.Build(rows, new IvfOptions(Lists: 100, Recall: 0.8));
        var exacting = IvfBuilder.Build(rows, new IvfOptions(Lists: 100, Recall: 0.97));

        exacting.Probes.ShouldBeGreaterThan(modest.Probes);
        Recall(exacting, rows).ShouldBeGreaterThan(0.95);
        Recall(modest, rows).ShouldBeInRange(0.75, 0.95);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.05)]
    [InlineData(0.002)]
    [InlineData(0)]
    public void A_filter_is_obeyed_and_widens_the_search(double share)
    {
        var rows = VectorCases.Rows("unit", Count, Width, 3);
        var index = IvfBuilder.Build(rows, new IvfOptions(Lists: 100, Recall: 0.95));
        var allowed = VectorCases.Allowed(Count, share, 9)!;

        for (var seed = 1UL; seed <= 20; seed++)
            foreach (var found in VectorCases.Search(index, VectorCases.Query("unit", Width, seed), allowed, 10))
                allowed[found.Row].ShouldBeTrue();
        Recall(index, rows, allowed).ShouldBeGreaterThan(0.93);
    }

    [Fact]
    public void More_than_there_is_gives_all_there_is()
    {
        var rows = VectorCases.Rows("unit", 300, 8, 3);
        var index = IvfBuilder.Build(rows, new IvfOptions(Lists: 10, Probes: 1));

        VectorCases.Search(index, VectorCases.Query("unit", 8, 1), null, 1000).Length.ShouldBe(300);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void A_few_rows_and_rows_all_alike_make_an_index(int count)
    {
        var rows = FloatRows.From([.. Enumerable.Repeat(0.5f, count * 4)], 4);
        var index = IvfBuilder.Build(rows, new IvfOptions());

        VectorCases.Search(index, [1f, 0f, 0f, 0f], null, 3).ShouldBe(VectorCases.Naive(rows, [1f, 0f, 0f, 0f], null, 3));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var rows = VectorCases.Rows("unit", Count, Width, 3);
        var one = IvfBuilder.Build(rows, new IvfOptions(Lists: 80, Threads: 1));
        var two = IvfBuilder.Build(rows, new IvfOptions(Lists: 80, Threads: 2));

        two.Probes.ShouldBe(one.Probes);
        two.Quantised.Ids!.Slice(0, (int)two.Quantised.Ids.Length).ToArray().ShouldBe(one.Quantised.Ids!.Slice(0, (int)one.Quantised.Ids.Length).ToArray());
        two.Quantised.High.Slice(0, (int)two.Quantised.High.Length).SequenceEqual(one.Quantised.High.Slice(0, (int)one.Quantised.High.Length)).ShouldBeTrue();
        two.Quantised.Bounds.Slice(0, (int)two.Quantised.Bounds.Length).SequenceEqual(one.Quantised.Bounds.Slice(0, (int)one.Quantised.Bounds.Length)).ShouldBeTrue();
    }

    [Fact]
    public void A_query_allocates_nothing()
    {
        var index = IvfBuilder.Build(VectorCases.Rows("unit", Count, Width, 1), new IvfOptions(Lists: 80, Probes: 8));
        var (query, best, scratch, allowed) = (VectorCases.Query("unit", Width, 5), new Neighbour[10], new VectorScratch(), ItemBitmap.All(Count));
        index.Search(query, allowed, best, scratch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        index.Search(query, allowed, best, scratch);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static double Recall(IvfVectorIndex index, FloatRows rows, ItemBitmap? allowed = null)
    {
        int hits = 0, wanted = 0;
        for (var seed = 100UL; seed < 200; seed++)
        {
            var query = VectorCases.Query("unit", Width, seed);
            var truth = VectorCases.Naive(rows, query, allowed, 10);
            hits += VectorCases.Search(index, query, allowed, 10).Intersect(truth).Count();
            wanted += truth.Length;
        }

        return wanted == 0 ? 1 : hits / (double)wanted;
    }
}
