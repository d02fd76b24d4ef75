using Splitrail.Datasets;

namespace Splitrail.Trainer;

/// <summary>A dataset in a few lines, for people.</summary>
internal static class DatasetSummary
{
    public static void Print(DatasetManifest manifest, TextWriter output)
    {
        output.WriteLine($"dataset {manifest.Name} ({manifest.Format}): {manifest.Events:N0} events on {manifest.Items:N0} items");
        output.WriteLine($"  {manifest.Users:N0} known users, {manifest.GuestSessions:N0} guest sessions");
        output.WriteLine($"  {TimeOf(manifest.FirstEventMs)} to {TimeOf(manifest.LastEventMs)} UTC");
        var shift = TimeSpan.FromMilliseconds(manifest.TimeShiftMs);
        if (shift != TimeSpan.Zero) output.WriteLine($"  times moved by {shift.Days:N0} days (--no-shift keeps them)");
        output.WriteLine($"  fingerprint {manifest.Fingerprint}");
    }

    private static string TimeOf(long milliseconds) => $"{DateTimeOffset.FromUnixTimeMilliseconds(milliseconds):yyyy-MM-dd HH:mm}";
}
