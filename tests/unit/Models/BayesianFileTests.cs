using Shouldly;
using Splitrail.Models;
using Xunit;

namespace Splitrail.Tests.Unit.Models;

public sealed class BayesianFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splitrail-bayesian-").FullName;

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        var written = Model(rows: 2);
        BayesianFile.Write(Path(), written);

        var read = BayesianFile.Read(Path());

        (read.Width, read.Samples, read.Ratings, read.Mean, read.Lowest, read.Highest).ShouldBe((3, 2, 1200, 3.5f, 1f, 5f));
        read.Rated.ShouldBe(written.Rated);
        read.ItemRows.ShouldBe(written.ItemRows);
        read.UserPrecisions.ShouldBe(written.UserPrecisions);
        read.ItemMeans.ShouldBe(written.ItemMeans);
        read.NoisePrecisions.ShouldBe(written.NoisePrecisions);
    }

    [Fact]
    public void A_cut_file_and_one_whose_parts_do_not_fit_are_refused()
    {
        BayesianFile.Write(Path(), Model(rows: 2));
        File.WriteAllBytes(Path(), File.ReadAllBytes(Path())[..^8]);
        Should.Throw<ModelException>(() => BayesianFile.Read(Path())).Message.ShouldContain("ends too early");

        File.Delete(Path());
        BayesianFile.Write(Path(), Model(rows: 1));
        Should.Throw<ModelException>(() => BayesianFile.Read(Path())).Message.ShouldContain("do not fit");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Path() => System.IO.Path.Combine(_folder, RetrievalFiles.BayesianName);

    private static BayesianModel Model(int rows) => new()
    {
        Width = 3,
        Samples = 2,
        Mean = 3.5f,
        Lowest = 1,
        Highest = 5,
        Ratings = 1200,
        Rated = [0, 4],
        ItemRows = Numbers(rows * 2 * 3),
        UserMeans = Numbers(6),
        UserPrecisions = Numbers(18),
        ItemMeans = Numbers(6),
        ItemPrecisions = Numbers(18),
        NoisePrecisions = [1.5f, 2f],
    };

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(static n => n * 0.25f)];
}
