using Splitrail.Datasets;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer;

/// <summary>Writes a gathered dataset, its times as they are or moved to now.</summary>
internal sealed class DatasetOutput(TimeProvider time, IWorkLog log)
{
    private const long DayMs = 86_400_000;

    /// <param name="writer">Holds at least one event.</param>
    /// <param name="folder">Replaced when it holds a dataset.</param>
    /// <param name="shiftToNow">Add whole days to every time, so that the last event lies within the last 24 hours.</param>
    /// <exception cref="DatasetException">The folder holds something else.</exception>
    public DatasetManifest Write(DatasetWriter writer, string folder, bool shiftToNow)
    {
        using var step = log.Step($"writing {folder}");
        var shift = shiftToNow && writer.LastEventMs is { } last ? DaysFrom(last) * DayMs : 0;
        return writer.Write(folder, shift, new Progress(step, writer.Events));
    }

    private long DaysFrom(long lastEventMs)
    {
        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - lastEventMs;
        return age >= 0 ? age / DayMs : -((-age + DayMs - 1) / DayMs);
    }

    private sealed class Progress(IWorkStep step, int events) : IProgress<long>
    {
        public void Report(long value) => step.Report((double)value / events);
    }
}
