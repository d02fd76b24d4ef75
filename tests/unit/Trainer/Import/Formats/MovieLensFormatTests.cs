using Shouldly;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Tests.Unit.Datasets;
using Splitrail.Trainer;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Formats;

public sealed class MovieLensFormatTests : IDisposable
{
    private const string Movies = "movieId,title,genres\n1,Toy Story (1995),Adventure|Children\n2,\"American President, The (1995)\",(no genres listed)\n";

    private readonly ImportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [RealDataFact("movielens-small")]
    public void The_real_ratings_are_all_kept()
    {
        _scene.Import("movielens", RealDataFactAttribute.PathOf("movielens-small"));
        var manifest = _scene.Result!.Manifest;
        (manifest.Events, manifest.Users, manifest.Items, _scene.Result.Ledger.Bad).ShouldBe((100_836, 610, 9_742, 0));
    }

    [Fact]
    public void A_rating_keeps_its_stars_and_a_movie_its_genres()
    {
        Import("7,1,4.5,964982703");
        _scene.Events.ShouldBe([new EventRow(964_982_703_000, EventTypes.Rating, "7", null, "1", 1, 4_500_000)]);
        var movie = _scene.Items["1"];
        movie.Category.ShouldBe("Adventure");
        movie.Attributes.ShouldBe(new Dictionary<string, string> { ["genres"] = "Adventure, Children", ["year"] = "1995" }, ignoreOrder: true);
        _scene.Items["2"].Title.ShouldBe("American President, The (1995)");
        _scene.Items["2"].Category.ShouldBe("");
    }

    [Theory]
    [InlineData("7,1,6,964982703", "rating '6'")]
    [InlineData("7,1,0,964982703", "rating '0'")]
    [InlineData("7,99,4,964982703", "movieId '99' is not in movies.csv")]
    [InlineData("7,1,4,soon", "timestamp 'soon'")]
    [InlineData("7,1,4,-5", "timestamp '-5'")]
    public void A_rating_that_makes_no_sense_is_a_bad_row(string line, string told)
    {
        Import("7,1,4.5,964982703", line);
        _scene.BadRows.ShouldHaveSingleItem().ShouldContain(told);
    }

    [Fact]
    public void A_folder_without_movies_says_what_is_missing()
    {
        _scene.With("ratings.csv", "userId,movieId,rating,timestamp\n");
        Should.Throw<InputException>(() => _scene.Import("movielens")).Message.ShouldContain("movies.csv");
    }

    private void Import(params string[] ratings) => _scene
        .With("movies.csv", Movies)
        .With("ratings.csv", "userId,movieId,rating,timestamp\n" + string.Join('\n', ratings))
        .Import("movielens");
}
