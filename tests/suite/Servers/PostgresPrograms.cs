namespace Splitrail.Tests.Suite.Servers;

/// <summary>Where PostgreSQL's server programs are on this machine.</summary>
internal static class PostgresPrograms
{
    public const string HowToGet = "PostgreSQL's server programs (initdb, pg_ctl) were not found in PATH or /usr/lib/postgresql/*/bin; on Debian: apt-get install postgresql";

    /// <summary>Folder of initdb and pg_ctl; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Why tests on PostgreSQL are left out; null when they run. In CI they run, and fail when the programs are missing.</summary>
    public static string? Skip { get; } = Folder is not null || Environment.GetEnvironmentVariable("CI") == "true" ? null : $"left out: {HowToGet}";

    private static string? Find()
    {
        const string Debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(static version => Path.GetFileName(version).PadLeft(4, '0'), StringComparer.Ordinal).Select(static version => Path.Combine(version, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return installed.Concat(path).FirstOrDefault(static folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
