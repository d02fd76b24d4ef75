using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Splitrail.Benchmarks.Ann;

/// <summary>
/// Seconds this thread has been on a core, where Linux tells; elsewhere seconds that have passed. The reference figures are of that kind: on a machine that
/// others use too, waiting for a core says nothing about the work.
/// </summary>
internal static partial class ThreadClock
{
    private const int ThreadTime = 3; // CLOCK_THREAD_CPUTIME_ID

    public static double Seconds => OperatingSystem.IsLinux() && Read(ThreadTime, out var time) == 0
        ? time.Seconds + time.Nanoseconds * 1e-9
        : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
