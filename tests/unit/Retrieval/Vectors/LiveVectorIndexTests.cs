using Shouldly;
using Splitrail.Retrieval.Vectors;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval.Vectors;

public sealed class LiveVectorIndexTests
{
    private static readonly float[] s_query = VectorCases.Query("unit", 16, 1);

    [Theory]
    [InlineData(VectorIndexes.Exact)]
    [InlineData(VectorIndexes.Ivf)]
    public void Rows_taken_out_are_not_found_until_they_are_put_back(string kind)
    {
        var live = new LiveVectorIndex(VectorIndexes.Build(VectorCases.Rows("unit", 1000, 16, 1), new VectorIndexOptions(kind)));
        var first = Search(live);

        live.Remove(first[0].Row, 1).ShouldBeTrue();
        live.Remove(first[0].Row, 1).ShouldBeFalse();
        Search(live)[..9].ShouldBe(first[1..]);
        live.Count.ShouldBe(999);

        live.Restore(first[0].Row, 1).ShouldBeTrue();
        Search(live).ShouldBe(first);
    }

    [Fact]
    public void When_all_rows_are_out_nothing_is_found()
    {
        var live = new LiveVectorIndex(VectorIndexes.Build(VectorCases.Rows("unit", 40, 16, 1), new VectorIndexOptions(VectorIndexes.Ivf)));
        for (var row = 0; row < 40; row++)
            live.Remove(row, 1);

        Search(live).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rebuild_is_swapped_in_with_all_its_rows_and_old_row_numbers_do_not_touch_it()
    {
        var live = new LiveVectorIndex(VectorIndexes.Build(VectorCases.Rows("unit", 100, 16, 1), new VectorIndexOptions()));
        live.Remove(3, 1);

        (await live.RebuildAsync(VectorCases.Rows("unit", 200, 16, 2), new VectorIndexOptions(VectorIndexes.Ivf), CancellationToken.None)).ShouldBe(2);

        live.Remove(4, 1).ShouldBeFalse();
        (live.Version, live.Count).ShouldBe((2, 200));
    }

    [Fact]
    public async Task A_rebuild_that_is_cancelled_leaves_the_old_index()
    {
        var live = new LiveVectorIndex(VectorIndexes.Build(VectorCases.Rows("unit", 100, 16, 1), new VectorIndexOptions()));

        await Should.ThrowAsync<OperationCanceledException>(
            live.RebuildAsync(VectorCases.Rows("unit", 200, 16, 2), new VectorIndexOptions(VectorIndexes.Ivf), new CancellationToken(canceled: true)));

        live.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Queries_go_on_while_indexes_are_swapped_and_each_answer_is_of_one_index()
    {
        var indexes = Enumerable.Range(0, 2).Select(i => VectorIndexes.Build(VectorCases.Rows("unit", 500 + i, 16, (ulong)i + 1), new VectorIndexOptions())).ToArray();
        var answers = indexes.Select(index => VectorCases.Search(index, s_query, null, 10)).ToArray();
        var live = new LiveVectorIndex(indexes[0]);
        using var done = new CancellationTokenSource();
        var swapping = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                live.Swap(indexes[live.Version % 2]);
        });

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var last = 0; last < 100; deadline.Token.ThrowIfCancellationRequested())
        {
            Search(live, out last).ShouldBe(answers[(last + 1) % 2]);
            await Task.Yield();
        }

        await done.CancelAsync();
        await swapping;
    }

    private static Neighbour[] Search(LiveVectorIndex live) => Search(live, out _);

    private static Neighbour[] Search(LiveVectorIndex live, out int version)
    {
        var best = new Neighbour[10];
        return best[..live.Search(s_query, null, best, new VectorScratch(), out version)];
    }
}
