using System.Diagnostics;

namespace Splitrail.Local;

/// <summary>Ends a child when the process that started it is gone: a kill -9 of ./run must not leave ten orphans on their ports.</summary>
internal static class ParentWatch
{
    public const string Variable = "SPLITRAIL_PARENT";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static void Start()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), out var parent))
            return;
        _ = Task.Run(async () =>
        {
            while (IsAlive(parent))
                await Task.Delay(Interval);
            Environment.Exit(1);
        });
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
