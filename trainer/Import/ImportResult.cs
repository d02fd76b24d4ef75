using Splitrail.Datasets;

namespace Splitrail.Trainer.Import;

/// <param name="Manifest">Of the dataset written.</param>
/// <param name="Ledger">What became of every row.</param>
internal sealed record ImportResult(DatasetManifest Manifest, ImportLedger Ledger)
{
    /// <summary>For people.</summary>
    public void Print(TextWriter output)
    {
        foreach (var file in Ledger.Files)
        {
            output.WriteLine($"{file.File}: {file.Read:N0} rows read, {file.Kept:N0} kept, {file.Bad:N0} bad");
            foreach (var (filter, count) in file.Dropped) output.WriteLine($"  dropped {count:N0}: {filter}");
        }
        PrintBadRows(output);
        DatasetSummary.Print(Manifest, output);
    }

    private void PrintBadRows(TextWriter output)
    {
        if (Ledger.Bad == 0) return;
        output.WriteLine(Ledger.Bad > Ledger.BadRows.Count ? $"bad rows, the first {Ledger.BadRows.Count} of {Ledger.Bad:N0}:" : "bad rows:");
        foreach (var row in Ledger.BadRows) output.WriteLine($"  {row.File} line {row.Line}: {row.Reason}");
    }
}
