using System.Diagnostics;
using System.Globalization;

namespace Splitrail.Benchmarks.EndToEnd;

/// <summary>Processor time of a process and of what it started, as far as it still runs; only the process itself where there is no /proc.</summary>
internal static class ProcessTree
{
    private const int ParentField = 1;

    public static IReadOnlyList<TimeSpan> Of(int root)
    {
        var parents = Directory.Exists("/proc") ? Parents() : new Dictionary<int, int>();
        return [.. parents.Keys.Where(id => id == root || IsBelow(id, root, parents)).DefaultIfEmpty(root).Select(Time)];
    }

    private static bool IsBelow(int id, int root, Dictionary<int, int> parents)
    {
        while (parents.TryGetValue(id, out var parent) && parent > 1)
        {
            if (parent == root)
                return true;
            id = parent;
        }

        return false;
    }

    private static Dictionary<int, int> Parents()
    {
        Dictionary<int, int> parents = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ReadParent(folder) is { } parent)
                parents[id] = parent;
        }

        return parents;
    }

    /// <summary>The name of the program stands in brackets and may hold spaces, so fields count from the last bracket.</summary>
    private static int? ReadParent(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[ParentField], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    private static TimeSpan Time(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.TotalProcessorTime;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return TimeSpan.Zero;
        }
    }
}
