using Shouldly;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval.Vectors;

public sealed class ExactVectorIndexTests
{
    public static TheoryData<string> Kinds => [.. VectorCases.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_finds_what_scoring_every_row_in_floats_finds_on_every_path(string kind)
    {
        foreach (var (count, width) in ((int, int)[])[(1, 1), (5, 3), (16, 16), (17, 8), (100, 33), (1000, 64), (3001, 50), (257, 384)])
        {
            var rows = VectorCases.Rows(kind, count, width, 11);
            var indexes = VectorPaths.Supported.Select(path => ExactVectorIndex.Build(rows, 1, path)).ToArray();
            for (var seed = 1UL; seed <= 6; seed++)
                foreach (var k in (int[])[1, 10, 100, count + 5])
                {
                    var query = VectorCases.Query(seed == 6 ? "zeros" : kind, width, seed);
                    var allowed = VectorCases.Allowed(count, seed switch { 3 => 0.5, 4 => 0.02, 5 => 0, _ => 1 }, seed);
                    var expected = VectorCases.Naive(rows, query, allowed, k);
                    foreach (var (index, path) in indexes.Zip(VectorPaths.Supported))
                        VectorCases.Search(index, query, allowed, k).ShouldBe(expected, $"{kind}, {count} x {width}, seed {seed}, k {k}, {path}");
                }
        }
    }

    [Fact]
    public void Among_many_rows_no_neighbour_is_left_out_by_its_bound()
    {
        // So many that nearly every row is left out by its high half; without the bound of their errors true neighbours are among them.
        var rows = VectorCases.Rows("unit", 30_000, 64, 5);
        var index = ExactVectorIndex.Build(rows, 1);
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var query = VectorCases.Query("unit", 64, seed);
            VectorCases.Search(index, query, null, 10).ShouldBe(VectorCases.Naive(rows, query, null, 10), $"seed {seed}");
        }
    }

    [Fact]
    public void A_query_of_zeros_finds_the_first_rows()
    {
        var rows = VectorCases.Rows("normal", 50, 8, 1);

        VectorCases.Search(ExactVectorIndex.Build(rows, 1), new float[8], null, 3).ShouldBe([new(0, 0f), new(1, 0f), new(2, 0f)]);
    }

    [Fact]
    public void Few_rows_are_looked_at_closely()
    {
        var rows = VectorCases.Rows("unit", 20_000, 64, 1);
        var scratch = new VectorScratch();

        ExactVectorIndex.Build(rows, 1).Search(VectorCases.Query("unit", 64, 5), null, new Neighbour[10], scratch);

        scratch.Refined.ShouldBeLessThan(4_000);
        scratch.Rescored.ShouldBeLessThan(400);
    }

    [Fact]
    public void A_query_allocates_nothing()
    {
        var index = ExactVectorIndex.Build(VectorCases.Rows("unit", 2_000, 64, 1), 1);
        var (query, best, scratch, allowed) = (VectorCases.Query("unit", 64, 5), new Neighbour[10], new VectorScratch(), ItemBitmap.All(2_000));
        index.Search(query, allowed, best, scratch);

        var before = GC.GetAllocatedBytesForCurrentThread();
        index.Search(query, allowed, best, scratch);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void An_index_of_nothing_finds_nothing() =>
        VectorCases.Search(ExactVectorIndex.Build(FloatRows.Zeroed(0, 8), 1), new float[8], null, 3).ShouldBeEmpty();

    [Theory]
    [InlineData(7, 1f, "7 dimensions")]
    [InlineData(8, float.NaN, "not finite")]
    [InlineData(8, float.PositiveInfinity, "not finite")]
    [InlineData(8, 1e30f, "beyond")]
    public void A_query_that_makes_no_sense_is_refused(int width, float value, string reason)
    {
        var index = ExactVectorIndex.Build(VectorCases.Rows("normal", 5, 8, 1), 1);
        var query = new float[width];
        query[3] = value;

        Should.Throw<ArgumentException>(() => VectorCases.Search(index, query, null, 3)).Message.ShouldContain(reason);
    }

    [Fact]
    public void A_bitmap_of_another_catalogue_is_refused()
    {
        var index = ExactVectorIndex.Build(VectorCases.Rows("normal", 5, 8, 1), 1);

        Should.Throw<ArgumentException>(() => VectorCases.Search(index, new float[8], ItemBitmap.All(6), 3)).Message.ShouldContain("6 rows");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-1e13f)]
    public void Rows_that_make_no_sense_are_refused(float value) =>
        Should.Throw<ArgumentException>(() => FloatRows.From([1f, value], 2)).Message.ShouldContain("Row 0");
}
