using System.Buffers.Binary;
using System.Text;
using Shouldly;
using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval.Embeddings;

public sealed class EmbeddingImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-embeddings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Json_lines_become_vectors_of_length_one()
    {
        var set = Lines("""{"item_id":"a","vector":[3,4]}""", "", """{"vector":[0,-1e-30],"item_id":"b","more":true}""");

        set.Items.Ids.ShouldBe(["a", "b"]);
        set.Rows[0].ToArray().ShouldBe([0.6f, 0.8f]);
        set.Rows[1].ToArray().ShouldBe([0f, -1f]);
    }

    [Fact]
    public void Vectors_of_zeros_are_left_out_and_named()
    {
        var set = Lines("""{"item_id":"a","vector":[0,0]}""", """{"item_id":"b","vector":[1,0]}""");

        set.Items.Ids.ShouldBe(["b"]);
        set.WithoutDirection.ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("""{"item_id":"b","vector":[1,2,3]}""", "line 2: the vector of item 'b' has 3 numbers, those before it 2")]
    [InlineData("""{"item_id":"b","vector":[]}""", "0 numbers")]
    [InlineData("""{"item_id":"b","vector":[1,1e999]}""", "number 2 of item 'b'")]
    [InlineData("""{"item_id":"b","vector":[1,1e20]}""", "number 2 of item 'b'")]
    [InlineData("""{"item_id":"b","vector":[1,NaN]}""", "line 2 is not JSON")]
    [InlineData("""{"item_id":"b","vector":[1,"2"]}""", "line 2 is not {")]
    [InlineData("""{"item_id":7,"vector":[1,2]}""", "line 2 is not {")]
    [InlineData("""[1,2]""", "line 2 is not {")]
    [InlineData("""{"item_id":"b","vec""", "line 2 is not JSON")]
    [InlineData("""{"item_id":"a","vector":[1,2]}""", "item 'a' has a vector already ('")]
    [InlineData("""{"item_id":"","vector":[1,2]}""", "an item's id has 1 to 200 characters")]
    public void A_line_that_cannot_be_taken_is_named_with_its_reason(string line, string reason) =>
        Should.Throw<EmbeddingException>(() => Lines("""{"item_id":"a","vector":[1,2]}""", line)).Message.ShouldContain(reason);

    [Fact]
    public void A_file_without_vectors_is_refused()
    {
        Should.Throw<EmbeddingException>(() => Lines("")).Message.ShouldContain("has no vector");
        Should.Throw<EmbeddingException>(() => EmbeddingImport.Read(In("none.jsonl"))).Message.ShouldContain("are not there");
        File.WriteAllText(In("x.csv"), "a,1");
        Should.Throw<EmbeddingException>(() => EmbeddingImport.Read(In("x.csv"))).Message.ShouldContain("'.csv'");
    }

    [Theory]
    [InlineData("<f2", 1)]
    [InlineData("<f4", 2)]
    [InlineData("<f8", 3)]
    public void Matrices_of_every_float_and_version_are_read(string type, byte version)
    {
        Npy(type, version, [[0, 2, 0], [3, 0, 4]]);
        File.WriteAllLines(In("m.ids"), ["a", "b"]);

        var set = EmbeddingImport.Read(In("m.npy"));

        set.Items.Ids.ShouldBe(["a", "b"]);
        set.Rows[0].ToArray().ShouldBe([0f, 1f, 0f]);
        set.Rows[1].ToArray().ShouldBe([0.6f, 0f, 0.8f]);
    }

    [Fact]
    public void A_matrix_and_its_ids_have_to_fit()
    {
        Npy("<f4", 1, [[1, 2]]);
        Should.Throw<EmbeddingException>(() => EmbeddingImport.Read(In("m.npy"))).Message.ShouldContain("m.ids");
        File.WriteAllLines(In("m.ids"), ["a", "b"]);
        Should.Throw<EmbeddingException>(() => EmbeddingImport.Read(In("m.npy"))).Message.ShouldContain("has 1 vectors");
        Npy("<f4", 1, [[1, 2], [1, float.NaN]]);
        Should.Throw<EmbeddingException>(() => EmbeddingImport.Read(In("m.npy"))).Message.ShouldContain("row 2: number 2 of item 'b' is NaN");
    }

    [Fact]
    public void A_matrix_cut_anywhere_is_refused_with_its_path()
    {
        Npy("<f4", 1, [[1, 2], [3, 4]]);
        File.WriteAllLines(In("m.ids"), ["a", "b"]);
        var whole = File.ReadAllBytes(In("m.npy"));
        for (var kept = 0; kept < whole.Length; kept++)
        {
            File.WriteAllBytes(In("m.npy"), whole[..kept]);
            Should.Throw<EmbeddingException>(() => EmbeddingImport.Read(In("m.npy"))).Message.ShouldContain(In("m.npy"));
        }
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2), }")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 2), }")]
    public void Other_arrays_are_refused(string header)
    {
        WriteNpy(1, header, new byte[8]);
        File.WriteAllLines(In("m.ids"), ["a"]);

        Should.Throw<EmbeddingException>(() => EmbeddingImport.Read(In("m.npy"))).Message.ShouldContain("m.npy");
    }

    [Theory]
    [InlineData(VectorIndexes.Exact)]
    [InlineData(VectorIndexes.Ivf)]
    public void An_index_file_keeps_items_and_vectors(string kind)
    {
        var set = Lines([.. Enumerable.Range(0, 100).Select(i => $$"""{"item_id":"ø{{i}}","vector":[{{i}},1,{{i % 7}}]}""")]);
        EmbeddingFile.Write(In("x.vectors"), EmbeddingFile.Build(set, new VectorIndexOptions(kind)));

        var opened = EmbeddingFile.Open(In("x.vectors"), new VectorIndexOptions());

        opened.Items.Ids.ShouldBe(set.Items.Ids);
        opened.Index.Rows[50].ToArray().ShouldBe(set.Rows[50].ToArray());
    }

    [Fact]
    public void An_index_without_items_is_no_index_of_embeddings()
    {
        VectorIndexFile.Write(In("x.vectors"), VectorIndexes.Build(FloatRows.From([1f, 2f], 2), new VectorIndexOptions()));

        Should.Throw<EmbeddingException>(() => EmbeddingFile.Open(In("x.vectors"), new VectorIndexOptions())).Message.ShouldContain("which items");
    }

    private string In(string name) => Path.Combine(_folder, name);

    private EmbeddingSet Lines(params string[] lines)
    {
        File.WriteAllLines(In("x.jsonl"), lines);
        return EmbeddingImport.Read(In("x.jsonl"));
    }

    private void Npy(string type, byte version, double[][] rows)
    {
        var numbers = rows.SelectMany(row => row).SelectMany(value => type switch
        {
            "<f2" => BitConverter.GetBytes((Half)value),
            "<f4" => BitConverter.GetBytes((float)value),
            _ => BitConverter.GetBytes(value),
        });
        WriteNpy(version, $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({rows.Length}, {rows[0].Length}), }}", [.. numbers]);
    }

    private void WriteNpy(byte version, string header, byte[] numbers)
    {
        var length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)(header.Length + 1));
        else
            BinaryPrimitives.WriteInt32LittleEndian(length, header.Length + 1);
        File.WriteAllBytes(In("m.npy"), [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(header + "\n"), .. numbers]);
    }
}
