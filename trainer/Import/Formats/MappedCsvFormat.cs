using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer.Import.Tables;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>Any delimited text with a header, one event a line, its columns named by <c>--map</c>. See <see cref="MappedColumns"/> for the fields.</summary>
internal sealed class MappedCsvFormat : IImportFormat
{
    private const long MostStarsMicros = 5_000_000;

    public string Name => "csv";

    public bool TakesMap => true;

    public string Expects =>
        "a .csv or .csv.gz (comma, semicolon or tab) with a header and columns for item, time and user or session, named by --map item=COLUMN …; " +
        $"fields are {string.Join(", ", MappedColumns.Fields)}";

    public void Read(ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        var file = source.Single(".csv");
        var catalogue = new MappedCatalogue();
        using (var table = Table.Csv(file, source.Log))
        {
            var columns = new MappedColumns(table, source.Map, file.Path);
            var tally = ledger.Open(file.Name);
            foreach (var row in table.Rows(tally))
            {
                var read = ReadEvent(row, columns);
                var stock = columns.Stock < 0 || row.Text(columns.Stock).IsEmpty ? (int?)null : row.Integer(columns.Stock);
                var priceMicros = OptionalMicros(row, columns.Price);
                if (tally.Refuses(row)) continue;
                catalogue.Add(read, row.Text(columns.Title).ToString(), row.Text(columns.Category).ToString(), priceMicros, stock);
                writer.Add(read);
                tally.Keep();
            }
        }
        foreach (var item in catalogue.Items()) writer.Add(item);
    }

    private static EventRow ReadEvent(TableRow row, MappedColumns columns)
    {
        var item = row.Id(columns.Item);
        var time = row.AnyTime(columns.Time);
        var user = row.OptionalId(columns.User);
        var session = row.OptionalId(columns.Session);
        var type = columns.Type < 0 ? columns.TypeWhenNone : row.Text(columns.Type).ToString().ToLowerInvariant();
        var quantity = columns.Quantity < 0 ? 1 : row.Integer(columns.Quantity);
        var value = ValueOf(type, row, columns);
        if (row.Fault is null) Check(row, columns, user ?? session, type, quantity);
        return new EventRow(time, type, user, session, item, quantity, value);
    }

    private static void Check(TableRow row, MappedColumns columns, string? unit, string type, int quantity)
    {
        if (unit is null) row.Fail(columns.User >= 0 ? columns.User : columns.Session, "", "is empty, and there is no other of user and session");
        if (!EventTypes.IsKnown(type)) row.Fail(columns.Type, type, $"is not one of {string.Join(", ", EventTypes.All)}");
        if (quantity <= 0) row.Fail(columns.Quantity, row.Text(columns.Quantity), "is not above 0");
    }

    private static long ValueOf(string type, TableRow row, MappedColumns columns)
    {
        if (type == EventTypes.Purchase) return OptionalMicros(row, columns.Price) ?? 0;
        if (type != EventTypes.Rating) return 0;
        if (columns.Rating < 0)
        {
            row.Fail(columns.Type, type, "needs a column of ratings: --map rating=COLUMN");
            return 0;
        }
        var stars = row.Micros(columns.Rating);
        if (stars is <= 0 or > MostStarsMicros) row.Fail(columns.Rating, row.Text(columns.Rating), "is not above 0 and at most 5 stars");
        return stars;
    }

    private static long? OptionalMicros(TableRow row, int column)
    {
        if (row.Text(column).IsEmpty) return null;
        var micros = row.Micros(column);
        if (micros < 0) row.Fail(column, row.Text(column), "is below 0");
        return micros;
    }
}
