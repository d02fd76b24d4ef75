using Splitrail.Datasets;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Import;

/// <summary>Turns a source into a dataset folder.</summary>
internal sealed class Importer(TimeProvider time, IWorkLog log)
{
    /// <exception cref="InputException">The request or the source is not usable; nothing was written.</exception>
    public ImportResult Import(ImportRequest request)
    {
        var format = ImportFormats.Get(request.Format);
        if (request.Map.Count > 0 && !format.TakesMap) throw new InputException($"--map is not for --format {format.Name}: its columns are fixed");
        var source = new ImportSource(request.Data, request.Map, log);
        var ledger = new ImportLedger();
        var writer = new DatasetWriter(source.Name, format.Name);
        format.Read(source, ledger, writer);
        if (writer.Events == 0) throw new InputException(NothingGood(request, format, ledger));
        return new ImportResult(new DatasetOutput(time, log).Write(writer, request.Out, request.ShiftToNow), ledger);
    }

    private static string NothingGood(ImportRequest request, IImportFormat format, ImportLedger ledger)
    {
        var read = ledger.Files.Sum(file => file.Read);
        var bad = string.Concat(ledger.BadRows.Select(row => $"\n  {row.File} line {row.Line}: {row.Reason}"));
        return $"--data {request.Data}: none of {read} rows is good; --format {format.Name} expects {format.Expects}{bad}";
    }
}
