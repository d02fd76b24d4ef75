using Shouldly;
using Splitrail.Models;
using Splitrail.Retrieval.Vectors;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval.Vectors;

public sealed class VectorIndexFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-vectors-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "items.vectors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(VectorIndexes.Exact, 0)]
    [InlineData(VectorIndexes.Exact, 1)]
    [InlineData(VectorIndexes.Exact, 1003)]
    [InlineData(VectorIndexes.Ivf, 1)]
    [InlineData(VectorIndexes.Ivf, 1003)]
    public void An_opened_index_answers_as_the_one_written(string kind, int count)
    {
        var written = VectorIndexes.Build(VectorCases.Rows("unit", count, 50, 4), new VectorIndexOptions(kind));
        VectorIndexFile.Write(Path, written);

        var opened = VectorIndexFile.Open(Path);

        opened.GetType().ShouldBe(written.GetType());
        (opened as IvfVectorIndex)?.Probes.ShouldBe(((IvfVectorIndex)written).Probes);
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var query = VectorCases.Query("unit", 50, seed);
            VectorCases.Search(opened, query, null, 10).ShouldBe(VectorCases.Search(written, query, null, 10));
        }
    }

    [Fact]
    public void The_floats_of_an_opened_index_stay_in_the_file()
    {
        var written = VectorIndexes.Build(VectorCases.Rows("unit", 1000, 64, 4), new VectorIndexOptions());
        VectorIndexFile.Write(Path, written);

        var opened = VectorIndexFile.Open(Path);

        opened.Rows.ResidentBytes.ShouldBe(0);
        (written.ResidentBytes - opened.ResidentBytes).ShouldBe(1000 * 64 * 4);
    }

    [Fact]
    public void A_file_that_is_replaced_leaves_who_has_it_open_alone()
    {
        VectorIndexFile.Write(Path, VectorIndexes.Build(VectorCases.Rows("unit", 100, 8, 4), new VectorIndexOptions()));
        var old = VectorIndexFile.Open(Path);
        var before = VectorCases.Search(old, VectorCases.Query("unit", 8, 1), null, 5);

        VectorIndexFile.Write(Path, VectorIndexes.Build(VectorCases.Rows("unit", 10, 8, 5), new VectorIndexOptions()));

        VectorCases.Search(old, VectorCases.Query("unit", 8, 1), null, 5).ShouldBe(before);
        VectorIndexFile.Open(Path).Rows.Count.ShouldBe(10);
        Directory.GetFiles(_folder).ShouldBe([Path]);
    }

    [Theory]
    [InlineData(VectorIndexes.Exact)]
    [InlineData(VectorIndexes.Ivf)]
    public void A_file_cut_anywhere_is_refused_with_path_and_reason(string kind)
    {
        VectorIndexFile.Write(Path, VectorIndexes.Build(VectorCases.Rows("unit", 200, 16, 4), new VectorIndexOptions(kind)));
        var whole = File.ReadAllBytes(Path);

        foreach (var kept in (int[])[0, 7, 100, 4095, 4096, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(Path, whole[..kept]);
            var fault = Should.Throw<ModelException>(() => VectorIndexFile.Open(Path)).Message;
            fault.ShouldContain(Path);
            fault.ShouldContain(kept < 4096 ? "less than its first page" : "it was cut");
        }
    }

    [Fact]
    public void What_is_no_index_is_refused()
    {
        Should.Throw<ModelException>(() => VectorIndexFile.Open(Path)).Message.ShouldContain("is not there");
        File.WriteAllBytes(Path, new byte[10_000]);
        Should.Throw<ModelException>(() => VectorIndexFile.Open(Path)).Message.ShouldContain("is not a vector index");
    }

    [Theory]
    [InlineData(9, "damaged first page")]
    [InlineData(30, "damaged first page")]
    [InlineData(-1, "in slot")]
    [InlineData(-2, "before it begins")]
    public void A_damaged_file_is_refused_where_it_would_lead_astray(int at, string reason)
    {
        var index = (IvfVectorIndex)VectorIndexes.Build(VectorCases.Rows("unit", 200, 16, 4), new VectorIndexOptions(VectorIndexes.Ivf));
        VectorIndexFile.Write(Path, index);
        var bytes = File.ReadAllBytes(Path);
        var header = VectorFileHeader.Read(bytes, out _)!.Value;
        bytes[at switch { -1 => header.IdsAt + 2, -2 => header.StartsAt + 7, _ => at }] ^= 0x55;
        File.WriteAllBytes(Path, bytes);

        Should.Throw<ModelException>(() => VectorIndexFile.Open(Path)).Message.ShouldContain(reason);
    }
}
