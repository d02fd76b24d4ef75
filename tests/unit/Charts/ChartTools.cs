using System.Diagnostics;
using Splitrail.Tests.Unit.Repository;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>The programs that check the chart: in charts/tools, where scripts/chart-tools.sh puts them, else on PATH.</summary>
internal static class ChartTools
{
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "charts", "tools");

    public static string Chart { get; } = Path.Combine(RepositoryRoot.Path, "charts", "splitrail");

    /// <summary>The values files of the chart, by what stands between <c>values-</c> and <c>.yaml</c>.</summary>
    public static IReadOnlyList<string> Values { get; } = ["small", "minimal", "production", "keda"];

    /// <summary>Null when it is not there.</summary>
    public static string? Find(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Prepend(Path.Combine(Folder, "bin")).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>Why a test that needs it is left out; null when it runs. In CI it runs, and fails when the program is missing.</summary>
    public static string? SkipWithout(string program) =>
        Find(program) is not null || Environment.GetEnvironmentVariable("CI") == "true" ? null : $"left out: {program} is neither in charts/tools nor on PATH; scripts/chart-tools.sh fetches it";

    public static Task<Output> HelmAsync(params IEnumerable<string> arguments) => RunAsync("helm", Chart, "", arguments);

    /// <exception cref="FileNotFoundException">It is neither in charts/tools nor on PATH.</exception>
    public static async Task<Output> RunAsync(string program, string folder, string input, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Find(program) ?? throw new FileNotFoundException($"{program}: run scripts/chart-tools.sh"))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (text, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new Output(process.ExitCode, await text, await error);
    }
}

/// <summary>How a program ended and what it said.</summary>
internal sealed record Output(int ExitCode, string Text, string Error)
{
    public string All => Text + Error;
}
