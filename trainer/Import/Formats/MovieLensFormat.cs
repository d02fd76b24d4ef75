using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer.Import.Tables;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// GroupLens's MovieLens folders (Harper and Konstan 2015): ratings of 0.5 to 5 stars with their seconds become rating events; the first genre is
/// the category, all of them and the year are attributes. Movies nobody rated stay in the catalogue.
/// </summary>
internal sealed class MovieLensFormat : IImportFormat
{
    private const long MostStarsMicros = 5_000_000;

    public string Name => "movielens";

    public string Expects => "a folder with ratings.csv (userId,movieId,rating,timestamp) and movies.csv (movieId,title,genres), plain or .gz";

    public void Read(ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        var ratings = source.Require("ratings.csv");
        var movies = ReadMovies(source.Require("movies.csv"), source, ledger, writer);
        ReadRatings(ratings, source, ledger, writer, movies);
    }

    private static HashSet<string> ReadMovies(SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        using var table = Table.Csv(file, source.Log);
        var columns = table.Require("movieId", "title", "genres");
        var tally = ledger.Open(file.Name);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows(tally))
        {
            var id = row.Id(columns[0]);
            var title = row.Text(columns[1]).ToString();
            var genres = row.Text(columns[2]).ToString();
            if (row.Fault is null && !known.Add(id)) row.Fail(columns[0], id, "is there twice");
            if (tally.Refuses(row)) continue;
            writer.Add(Movie(id, title, genres));
            tally.Keep();
        }
        return known;
    }

    private static void ReadRatings(SourceFile file, ImportSource source, ImportLedger ledger, DatasetWriter writer, HashSet<string> movies)
    {
        using var table = Table.Csv(file, source.Log);
        var columns = table.Require("userId", "movieId", "rating", "timestamp");
        var tally = ledger.Open(file.Name);
        foreach (var row in table.Rows(tally))
        {
            var user = row.Id(columns[0]);
            var movie = row.Id(columns[1]);
            var stars = row.Micros(columns[2]);
            var time = row.UnixTime(columns[3], unitsPerSecond: 1);
            if (row.Fault is null && stars is <= 0 or > MostStarsMicros) row.Fail(columns[2], row.Text(columns[2]), "is not above 0 and at most 5 stars");
            if (row.Fault is null && !movies.Contains(movie)) row.Fail(columns[1], movie, "is not in movies.csv");
            if (tally.Refuses(row)) continue;
            writer.Add(new EventRow(time, EventTypes.Rating, user, null, movie, 1, stars));
            tally.Keep();
        }
    }

    private static CatalogItem Movie(string id, string title, string genres)
    {
        var names = genres.StartsWith('(') ? [] : genres.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var attributes = new Dictionary<string, string>();
        if (names.Length > 0) attributes["genres"] = string.Join(", ", names);
        if (YearOf(title) is { } year) attributes["year"] = year;
        return new CatalogItem(id, title.Length == 0 ? id : title, names.FirstOrDefault() ?? "", null, null, Attributes: attributes);
    }

    /// <summary>Titles end in "(1995)".</summary>
    private static string? YearOf(string title) =>
        title.Length >= 6 && title[^1] == ')' && title[^6] == '(' && title[^5..^1].All(char.IsAsciiDigit) ? title[^5..^1] : null;
}
