namespace Splitrail.Tests.Suite.Pages;

/// <summary>Where a browser is on this machine.</summary>
internal static class Chromium
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Its program; null when there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Why tests in a browser are left out; null when they run. In CI they run, and fail without one.</summary>
    public static string? Skip { get; } = Path is not null || Environment.GetEnvironmentVariable("CI") == "true" ? null : "left out: no Chromium was found on PATH; on Debian: apt-get install chromium";

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(static folder => s_names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
