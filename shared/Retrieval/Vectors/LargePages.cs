using System.Runtime.InteropServices;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// Asks Linux for pages of 2 MiB: a scan of tens of megabytes then misses no page table entries, and the processor's prefetchers do not stop every
/// 4 KiB. It is advice; where it is not taken nothing but speed changes.
/// </summary>
internal static partial class LargePages
{
    private const nuint Page = 2 << 20;
    private const nuint CacheLine = 64;
    private const int AdviseLargePages = 14; // MADV_HUGEPAGE

    public static nuint Alignment(nuint bytes) => bytes >= Page ? Page : CacheLine;

    public static void Advise(nint address, nuint bytes)
    {
        if (bytes >= Page && OperatingSystem.IsLinux())
            _ = Advise(address, bytes / Page * Page, AdviseLargePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
