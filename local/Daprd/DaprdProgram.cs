using System.Diagnostics;

namespace Splitrail.Local.Daprd;

/// <summary>The real daprd, where there is one.</summary>
public static class DaprdProgram
{
    /// <summary>Names the program; without it the search goes along PATH.</summary>
    public const string Variable = "DAPRD";

    /// <summary>Path of daprd; null when there is none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? (File.Exists(named) ? named : null) : OnPath("daprd");

    /// <summary>What <c>--version</c> says.</summary>
    /// <exception cref="InvalidOperationException">It could not be started.</exception>
    public static async Task<string> VersionAsync(string program, CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} could not be started.");
        var version = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return version.Trim();
    }

    internal static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
