using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Trainer.Import.Tables;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// Invoice lines of a UK shop (Chen et al. 2012). Every kept line is a purchase; the invoice is its session, and a line without a customer is a
/// guest's. Left out: cancellations, returns, gifts, and what is not merchandise (stock codes that do not begin with five digits). Times are taken
/// as UTC. Stock is not in the data, so it is not tracked.
/// </summary>
internal sealed class OnlineRetailFormat : IImportFormat
{
    private const int DigitsOfMerchandise = 5;
    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm"];

    public string Name => "online-retail";

    public string Expects => "a .csv or .csv.gz with the header InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    public void Read(ImportSource source, ImportLedger ledger, DatasetWriter writer)
    {
        var file = source.Single(".csv");
        var catalogue = new OnlineRetailCatalogue();
        using (var table = Table.Csv(file, source.Log))
        {
            var columns = table.Require("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID");
            var tally = ledger.Open(file.Name);
            foreach (var row in table.Rows(tally))
            {
                var line = InvoiceLine.Read(row, columns, TimeFormats);
                if (tally.Refuses(row)) continue;
                if (FilterOf(line) is { } filter)
                {
                    tally.Drop(filter);
                    continue;
                }
                catalogue.Add(line.StockCode, line.Description, line.PriceMicros);
                writer.Add(new EventRow(line.TimeMs, EventTypes.Purchase, line.Customer, line.Invoice, line.StockCode, line.Quantity, line.PriceMicros));
                tally.Keep();
            }
        }
        foreach (var item in catalogue.Items()) writer.Add(item);
    }

    private static string? FilterOf(in InvoiceLine line)
    {
        if (line.Invoice.StartsWith('C')) return "cancellations (InvoiceNo begins with C)";
        if (line.Quantity <= 0) return "Quantity not above 0";
        if (line.PriceMicros <= 0) return "UnitPrice not above 0";
        return IsMerchandise(line.StockCode) ? null : "not merchandise (StockCode does not begin with five digits)";
    }

    private static bool IsMerchandise(ReadOnlySpan<char> code) =>
        code.Length >= DigitsOfMerchandise && code[..DigitsOfMerchandise].IndexOfAnyExceptInRange('0', '9') < 0;

    private readonly record struct InvoiceLine(
        string Invoice, string StockCode, string Description, int Quantity, long TimeMs, long PriceMicros, string? Customer)
    {
        public static InvoiceLine Read(TableRow row, int[] columns, string[] timeFormats) => new(
            row.Id(columns[0]),
            Code(row, columns[1]).ToUpperInvariant(),
            row.Text(columns[2]).ToString(),
            row.Integer(columns[3]),
            row.Time(columns[4], timeFormats),
            row.Micros(columns[5]),
            row.OptionalId(columns[6]));

        /// <summary>Codes such as "BANK CHARGES" are no ids, and no faults either: the filter drops them.</summary>
        private static string Code(TableRow row, int column) => IsMerchandise(row.Text(column)) ? row.Id(column) : row.Text(column).ToString();
    }
}
