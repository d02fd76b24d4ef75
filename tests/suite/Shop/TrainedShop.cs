using System.Diagnostics;
using System.Text.RegularExpressions;
using Splitrail.Local;
using Splitrail.Tests.Suite.Dapr;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>
/// A small demo shop, made and trained once per test run by the trainer's own command line, and copied for every suite that is started on it.
/// </summary>
internal static class TrainedShop
{
    private static readonly Lazy<Task<string>> s_made = new(MakeAsync);

    /// <summary>A fresh folder with dataset and models, and the options to serve it on free ports.</summary>
    /// <param name="shorter">Values of resiliency.yaml by name that are changed: mostly shortened, so that no test waits for them.</param>
    public static async Task<SuiteOptions> CopyAsync(IReadOnlyDictionary<string, string>? shorter = null)
    {
        var source = await s_made.Value;
        var target = TemporaryFolder("splitrail-suite-");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return Options(target, shorter);
    }

    public static SuiteOptions Options(string state, IReadOnlyDictionary<string, string>? shorter = null) => new()
    {
        StateDirectory = state,
        DatasetDirectory = Path.Combine(state, "dataset"),
        ModelsDirectory = Path.Combine(state, "models"),
        ComponentsDirectory = Components(state, shorter ?? new Dictionary<string, string>()),
        Sidecar = SidecarEngine.IsDaprd ? SidecarKind.Daprd : SidecarKind.Embedded,
        Port = 0,
        LogFormat = "json",
        LogLevel = "Error",
    };

    /// <summary>Arguments of a gateway that gives every stage nearly all the time there is.</summary>
    public static IReadOnlyList<string> Patient { get; } =
    [
        "--Gateway:Deadline=00:00:00.500", "--Gateway:StageTimeouts:Context=00:00:00.400", "--Gateway:StageTimeouts:Candidates=00:00:00.400",
        "--Gateway:StageTimeouts:Ranking=00:00:00.400",
    ];

    /// <returns>What it said.</returns>
    public static async Task<string> TrainerAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Splitrail.Trainer.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var trainer = Process.Start(start)!;
        var output = trainer.StandardOutput.ReadToEndAsync();
        var error = trainer.StandardError.ReadToEndAsync();
        await trainer.WaitForExitAsync();
        if (trainer.ExitCode != 0)
            throw new InvalidOperationException($"trainer {string.Join(' ', arguments)} ended with {trainer.ExitCode}:\n{await output}\n{await error}");
        return await output + await error;
    }

    public static string Root { get; } = FindRoot();

    /// <summary>The laptop's files, or the cluster's with a breaker that tries again as soon as the laptop's does: nobody waits half a minute for a test.</summary>
    private static string Components(string state, IReadOnlyDictionary<string, string> shorter)
    {
        var source = Path.Combine(Root, "dapr-components", SidecarEngine.UsesClusterFiles ? "cluster" : "local");
        if (!SidecarEngine.UsesClusterFiles && shorter.Count == 0)
            return source;
        var folder = Directory.CreateDirectory(Path.Combine(state, "components")).FullName;
        foreach (var file in Directory.EnumerateFiles(source))
        {
            var text = File.ReadAllText(file).Replace("timeout: 30s", "timeout: 2s", StringComparison.Ordinal);
            foreach (var (name, value) in shorter)
                text = Regex.Replace(text, $@"(?<=^ +{name}: )[0-9]+m?s$", value, RegexOptions.Multiline);
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), text);
        }

        return folder;
    }

    private static async Task<string> MakeAsync()
    {
        var folder = TemporaryFolder("splitrail-shop-");
        await TrainerAsync("demo", "--out", Path.Combine(folder, "dataset"), "--seed", "7", "--users", "600", "--guests", "3000", "--items", "300");
        await TrainerAsync("train", "--dataset", Path.Combine(folder, "dataset"), "--models", Path.Combine(folder, "models"));
        return folder;
    }

    /// <summary>Gone when the test run ends: a suite may still close its databases after the test that used it.</summary>
    private static string TemporaryFolder(string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        };
        return folder;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Splitrail.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Splitrail.slnx.");
    }
}
