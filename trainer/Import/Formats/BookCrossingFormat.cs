using System.Net;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Randomness;
using Splitrail.Trainer.Import.Tables;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// The Book-Crossing community (Ziegler et al. 2005) as tab-separated files. Ratings of 1 to 10 are halved to stars of five, so that liking begins
/// at the same <see cref="EventWeights.LikedFromMicros"/> as everywhere (8 of 10); accesses without a rating become views.
/// The data have no times. Each pair of user and book gets one from a hash of both, spread evenly over the four weeks of the crawl: the same
/// on every machine, and nothing about order or recency can be learnt from it.
/// </summary>
internal sealed class BookCrossingFormat : IImportFormat
{
    private const long MostPointsMicros = 10_000_000;
    private const long CrawlMs = 28L * 86_400_000;
    private static readonly long CrawlStartMs = new DateTimeOffset(2004, 8, 8, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public string Name => "book-crossing";

    public string Expects =>
        "a folder with the tab-separated items.tsv (Book_ID, ISBN, Book-Title, Book-Author, Year-Of-Publication, Publisher), " +
        "ratings.tsv (user, item, rating) and, when there is one, history.tsv (user, item, accessed), plain or .gz";

    public void Read(ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        var ratings = source.Require("ratings.tsv", "book_ratings.dat");
        var items = ReadItems(source.Require("items.tsv", "items_info.dat"), source, ledger, writer);
        var rated = ReadRatings(ratings, source, ledger, writer, items);
        if (source.Find("history.tsv", "book_history.dat") is { } history) ReadHistory(history, source, ledger, writer, items, rated);
    }

    private static HashSet<string> ReadItems(SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        using var table = Table.TabSeparated(file, source.Log);
        var columns = table.Require("Book_ID", "ISBN", "Book-Title", "Book-Author", "Year-Of-Publication", "Publisher");
        var tally = ledger.Open(file.Name);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows(tally))
        {
            var id = row.Id(columns[0]);
            var texts = columns[1..].Select(column => Clean(row.Text(column))).ToArray();
            if (row.Fault is null && !known.Add(id)) row.Fail(columns[0], id, "is there twice");
            if (tally.Refuses(row)) continue;
            writer.Add(Book(id, texts));
            tally.Keep();
        }
        return known;
    }

    private static HashSet<(string User, string Item)> ReadRatings(
        SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer, HashSet<string> items)
    {
        using var table = Table.TabSeparated(file, source.Log);
        var columns = table.Require("user", "item", "rating");
        var tally = ledger.Open(file.Name);
        var rated = new HashSet<(string, string)>();
        foreach (var row in table.Rows(tally))
        {
            var (user, item) = (row.Id(columns[0]), row.Id(columns[1]));
            var points = row.Micros(columns[2]);
            if (row.Fault is null && points is < 1_000_000 or > MostPointsMicros) row.Fail(columns[2], row.Text(columns[2]), "is not between 1 and 10");
            if (row.Fault is null && !items.Contains(item)) row.Fail(columns[1], item, "is not among the books");
            if (tally.Refuses(row)) continue;
            rated.Add((user, item));
            writer.Add(new EventRow(PseudoTime(user, item), EventTypes.Rating, user, null, item, 1, points / 2));
            tally.Keep();
        }
        return rated;
    }

    private static void ReadHistory(
        SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer, HashSet<string> items, HashSet<(string User, string Item)> rated)
    {
        using var table = Table.TabSeparated(file, source.Log);
        var columns = table.Require("user", "item");
        var tally = ledger.Open(file.Name);
        foreach (var row in table.Rows(tally))
        {
            var (user, item) = (row.Id(columns[0]), row.Id(columns[1]));
            if (row.Fault is null && !items.Contains(item)) row.Fail(columns[1], item, "is not among the books");
            if (tally.Refuses(row)) continue;
            if (rated.Contains((user, item)))
            {
                tally.Drop("rated too, and there already as a rating");
                continue;
            }
            writer.Add(new EventRow(PseudoTime(user, item), EventTypes.View, user, null, item));
            tally.Keep();
        }
    }

    private static CatalogItem Book(string id, string[] texts)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var (name, text) in new[] { "isbn", "", "author", "year", "publisher" }.Zip(texts))
        {
            if (name.Length > 0 && text.Length > 0) attributes[name] = text;
        }
        return new CatalogItem(id, texts[1].Length == 0 ? id : texts[1], "", null, null, Attributes: attributes);
    }

    // The dump keeps HTML entities, some cut of their semicolon at a column's end.
    private static string Clean(ReadOnlySpan<char> text) => Mojibake.Repair(WebUtility.HtmlDecode(text.EndsWith("&amp") ? $"{text};" : text.ToString()));

    private static long PseudoTime(string user, string item) => CrawlStartMs + (long)(SplitMix64.Hash($"{user}\t{item}") % CrawlMs);
}
