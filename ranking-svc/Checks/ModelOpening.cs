using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Splitrail.RankingSvc.Checks;

/// <summary>Has a model opened by a process of its own: what crashes the parser, never ends or wants all memory ends that process and not the service.</summary>
internal sealed class ModelOpening(RankingOptions options, TimeProvider time)
{
    /// <summary>What is started; tests put another program in its place.</summary>
    public Func<string, ProcessStartInfo> Program { get; init; } = folder => Own(folder, options.LargestRanker);

    /// <returns>The verdict, and whether it is about the model: one that came of a lack of time or of the machine is not, and may be asked again.</returns>
    public async Task<(CheckVerdict Verdict, bool IsFinal)> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        using var child = new Process { StartInfo = Program(folder) };
        try
        {
            child.Start();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (new($"it could not be opened in a process of its own: {missing.Message}"), false);
        }

        using var limit = new CancellationTokenSource(options.CheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // What it has to say besides is drained, or it would wait for a reader.
            var (told, _) = (child.StandardOutput.ReadToEndAsync(either.Token), child.StandardError.ReadToEndAsync(either.Token));
            var output = await told;
            await child.WaitForExitAsync(either.Token);
            return (Verdict(child.ExitCode, output), true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new($"opening it did not end within {options.CheckTimeout.TotalSeconds:0.###} s"), false);
        }
        finally
        {
            if (!child.HasExited)
                child.Kill();
        }
    }

    private static CheckVerdict Verdict(int exitCode, string output)
    {
        var died = new CheckVerdict($"opening it ended the process with code {exitCode}");
        if (exitCode is not (0 or 1))
            return died;
        try
        {
            return JsonSerializer.Deserialize(output.AsSpan().TrimEnd(), CheckJson.Default.CheckVerdict) ?? died;
        }
        catch (JsonException)
        {
            return died;
        }
    }

    /// <summary>This service's own program, wherever it is hosted.</summary>
    private static ProcessStartInfo Own(string folder, long largest)
    {
        var assembly = typeof(ModelOpening).Assembly.Location;
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        string[] check = [VerifyModelCommand.Name, folder, largest.ToString()];
        // Published without a program of its own, it is run by dotnet.
        var start = File.Exists(program) ? new ProcessStartInfo(program, check) : new ProcessStartInfo(Path.Combine(dotnet, "dotnet"), [assembly, .. check]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DOTNET_ROOT"] = dotnet;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }
}
