using System.Diagnostics;

namespace Splitrail.Local;

/// <summary>What to start as a child process.</summary>
/// <param name="Program">Path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables set in addition.</param>
/// <param name="PidFile">Where to note the number of a program that cannot watch its parent, so that the next start ends what this one left behind.</param>
public sealed record ProcessPlan(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string? PidFile = null)
{
    /// <summary>This program again, with other arguments.</summary>
    public static ProcessPlan Own(params IReadOnlyList<string> arguments)
    {
        var program = System.Environment.ProcessPath!;
        // Under `dotnet Splitrail.Local.dll` the process is dotnet; under the app host it is the app itself.
        string[] first = Path.GetFileNameWithoutExtension(program) is "dotnet" or "testhost" ? [typeof(ProcessPlan).Assembly.Location] : [];
        return new ProcessPlan(program, [.. first, .. arguments], new Dictionary<string, string>
        {
            // Ten processes on a laptop: small heaps matter more than the last per cent of throughput.
            ["DOTNET_gcServer"] = "0",
            [ParentWatch.Variable] = System.Environment.ProcessId.ToString(),
        });
    }

    /// <summary>Starts it with its output in the caller's hands.</summary>
    /// <exception cref="InvalidOperationException">It could not be started.</exception>
    public Process Start()
    {
        EndLeftover();
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} could not be started.");
        if (PidFile is not null)
            File.WriteAllText(PidFile, process.Id.ToString());
        return process;
    }

    /// <summary>A kill -9 of the parent leaves this child alive: what the file names is ended when it still is the same program.</summary>
    private void EndLeftover()
    {
        if (PidFile is null || !File.Exists(PidFile) || !int.TryParse(File.ReadAllText(PidFile), out var id))
            return;
        try
        {
            using var leftover = Process.GetProcessById(id);
            if (leftover.ProcessName != Path.GetFileName(Program))
                return;
            leftover.Kill();
            leftover.WaitForExit();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
