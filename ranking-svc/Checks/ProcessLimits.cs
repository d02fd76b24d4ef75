using System.Runtime.InteropServices;

namespace Splitrail.RankingSvc.Checks;

/// <summary>Bounds this process itself, where Linux lets it: a model that asks for all memory is refused and does not take the machine along.</summary>
internal static partial class ProcessLimits
{
    private const int CoreSize = 4, AddressSpace = 9; // RLIMIT_CORE, RLIMIT_AS

    /// <param name="bytes">What it may take in addition to what it has.</param>
    public static void AllowMore(long bytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var pages = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0]);
        Set(AddressSpace, (ulong)(pages * Environment.SystemPageSize) + (ulong)bytes);
        Set(CoreSize, 0);
    }

    private static void Set(int resource, ulong most)
    {
        var limit = new Limit(most, most);
        if (SetLimit(resource, in limit) != 0)
            throw new InvalidOperationException($"The limit {resource} could not be set: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
