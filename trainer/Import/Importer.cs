using Splitrail.Datasets;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Import;

/// <summary>Turns a source into a dataset folder.</summary>
internal sealed class Importer(TimeProvider time, IWorkLog log)
{
    private const long DayMs = 86_400_000;

    /// <exception cref="InputException">The request or the source is not usable; nothing was written.</exception>
    public ImportResult Import(ImportRequest request)
    {
        var format = ImportFormats.Get(request.Format);
        if (request.Map.Count > 0 && !format.TakesMap) throw new InputException($"--map is not for --format {format.Name}: its columns are fixed");
        var source = new ImportSource(request.Data, request.Map, log);
        var ledger = new ImportLedger();
        var writer = new DatasetWriter(source.Name, format.Name);
        format.Read(source, ledger, writer);
        if (writer.LastEventMs is not { } last) throw new InputException(NothingGood(request, format, ledger));
        return new ImportResult(Write(writer, request, request.ShiftToNow ? ShiftOf(last) : 0), ledger);
    }

    private DatasetManifest Write(DatasetWriter writer, ImportRequest request, long shift)
    {
        using var step = log.Step($"writing {request.Out}");
        return writer.Write(request.Out, shift, new WriteProgress(step, writer.Events));
    }

    private long ShiftOf(long lastEventMs) => (long)Math.Floor((double)(time.GetUtcNow().ToUnixTimeMilliseconds() - lastEventMs) / DayMs) * DayMs;

    private static string NothingGood(ImportRequest request, IImportFormat format, ImportLedger ledger)
    {
        var read = ledger.Files.Sum(file => file.Read);
        var bad = string.Concat(ledger.BadRows.Select(row => $"\n  {row.File} line {row.Line}: {row.Reason}"));
        return $"--data {request.Data}: none of {read} rows is good; --format {format.Name} expects {format.Expects}{bad}";
    }

    private sealed class WriteProgress(IWorkStep step, int events) : IProgress<long>
    {
        public void Report(long value) => step.Report((double)value / events);
    }
}
