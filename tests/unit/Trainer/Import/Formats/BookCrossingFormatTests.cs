using System.Text;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Unit.Datasets;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Import.Formats;

public sealed class BookCrossingFormatTests : IDisposable
{
    private const string ItemsHeader = "Book_ID\tISBN\tBook-Title\tBook-Author\tYear-Of-Publication\tPublisher\n";

    private readonly ImportScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [RealDataFact("book-crossing")]
    public void The_real_ratings_and_accesses_are_all_used()
    {
        _scene.Import("book-crossing", RealDataFactAttribute.PathOf("book-crossing"));
        var manifest = _scene.Result!.Manifest;
        (manifest.Events, manifest.Users, manifest.Items, _scene.Result.Ledger.Bad).ShouldBe((272_678, 2_946, 17_384, 0));
        _scene.Events.Count(row => row.Type == EventTypes.Rating).ShouldBe(62_656);
    }

    [Fact]
    public void Ten_points_are_halved_to_five_stars_so_that_liking_begins_at_eight()
    {
        Import("1\t10\tBeloved\tToni Morrison\t1994\tPlume", "5\t1\t8.000000");
        var rating = _scene.Events.Single();
        rating.ValueMicros.ShouldBe(Splitrail.Datasets.EventWeights.LikedFromMicros);
    }

    [Fact]
    public void An_access_is_a_view_unless_it_was_rated()
    {
        _scene.With("history.tsv", "user\titem\taccessed\n5\t1\t1\n6\t1\t1\n");
        Import("1\t10\tBeloved\tToni Morrison\t1994\tPlume", "5\t1\t8");
        _scene.Events.Select(row => (row.UserId, row.Type)).ShouldBe([("5", EventTypes.Rating), ("6", EventTypes.View)], ignoreOrder: true);
    }

    [Fact]
    public void Times_are_made_from_user_and_book_and_lie_in_the_four_weeks_of_the_crawl()
    {
        Import("1\t10\tBeloved\tToni Morrison\t1994\tPlume", "5\t1\t8", "6\t1\t8");
        var times = _scene.Events.Select(row => row.TimestampMs).ToList();
        Import("1\t10\tBeloved\tToni Morrison\t1994\tPlume", "6\t1\t8", "5\t1\t8");
        _scene.Events.Select(row => row.TimestampMs).ShouldBe(times);
        times.Distinct().Count().ShouldBe(2);
        times.ShouldAllBe(time => time >= ImportScene.Ms("2004-08-08Z") && time < ImportScene.Ms("2004-09-05Z"));
    }

    [Fact]
    public void Latin_letters_broken_quotes_and_cut_entities_survive()
    {
        var items = Encoding.Latin1.GetBytes(ItemsHeader + "1\t10\t\"Caf\u00e9 \"Noir\tJos\u00e9 & Co\t1994\tNorton &amp\n");
        _scene.With("items.tsv", items).With("ratings.tsv", "user\titem\trating\n5\t1\t8\n").Import("book-crossing");
        var book = _scene.Items["1"];
        book.Title.ShouldBe("\"Café \"Noir");
        book.Attributes!["author"].ShouldBe("José & Co");
        book.Attributes["publisher"].ShouldBe("Norton &");
    }

    [Theory]
    [InlineData("5\t1\t11", "rating '11' is not between 1 and 10")]
    [InlineData("5\t1\t0", "rating '0' is not between 1 and 10")]
    [InlineData("5\t2\t8", "item '2' is not among the books")]
    [InlineData("5\t1", "has 2 columns")]
    public void A_rating_that_makes_no_sense_is_a_bad_row(string line, string told)
    {
        Import("1\t10\tBeloved\tToni Morrison\t1994\tPlume", "5\t1\t8", line);
        _scene.BadRows.ShouldHaveSingleItem().ShouldContain(told);
    }

    private void Import(string item, params string[] ratings) => _scene
        .With("items.tsv", ItemsHeader + item)
        .With("ratings.tsv", "user\titem\trating\n" + string.Join('\n', ratings))
        .Import("book-crossing");
}
