using System.Text.RegularExpressions;

namespace Splitrail.Local.Daprd;

/// <summary>
/// Component files as daprd gets them on one machine: the cluster's, with the address of the Redis that is there, and with a configuration by which
/// sidecars find each other. daprd's default, mDNS, needs multicast, which laptops on a VPN and containers do not have.
/// </summary>
public sealed partial class DaprdResources
{
    private DaprdResources(string folder, string configuration) => (Folder, Configuration) = (folder, configuration);

    /// <summary>For <c>--resources-path</c>.</summary>
    public string Folder { get; }

    /// <summary>For <c>--config</c>.</summary>
    public string Configuration { get; }

    /// <summary>Writes the files anew.</summary>
    /// <param name="source">Folder of YAML, such as <c>dapr-components/cluster</c>.</param>
    /// <param name="target">A folder of their own.</param>
    /// <param name="redis"><c>HOST:PORT</c>.</param>
    /// <param name="peers">Internal port by app-id, where each has one sidecar; null when they are to find each other in a SQLite file.</param>
    public static DaprdResources Write(string source, string target, string redis, IReadOnlyDictionary<string, int>? peers = null)
    {
        var folder = Path.Combine(target, "resources");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var configuration = Path.Combine(target, "configuration.yaml");
        var names = peers is null ? FromFile(Path.Combine(target, "names.db")) : FromTable(peers);
        File.WriteAllText(configuration, WithNames("apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: local\nspec:\n", names));
        foreach (var file in Directory.EnumerateFiles(source).Where(static file => Path.GetExtension(file) is ".yaml" or ".yml"))
        {
            var text = File.ReadAllText(file);
            if (ConfigurationKind().IsMatch(text))
                File.WriteAllText(configuration, WithNames(text, names));
            else
                File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), RedisHost().Replace(text, "${before}" + redis));
        }

        return new DaprdResources(folder, configuration);
    }

    /// <summary>A configuration that says itself how names are found keeps its way.</summary>
    private static string WithNames(string configuration, string names) => configuration.Contains("nameResolution:", StringComparison.Ordinal)
        ? configuration
        : $"{configuration.TrimEnd()}\n  nameResolution:\n{names}\n";

    /// <summary>Sidecars come and go, several of one app too. Each call asks the file, which takes a fifth of what daprd spends on a call.</summary>
    private static string FromFile(string path) =>
        $"""
            component: sqlite
            version: v1
            configuration:
              connectionString: "{path}"
        """;

    /// <summary>The cluster's resolver, which caches, with a table where the cluster has its DNS. An app that is not in it has no address.</summary>
    private static string FromTable(IReadOnlyDictionary<string, int> peers) =>
        $$$"""
            component: kubernetes
            version: v1
            configuration:
              template: '{{{string.Concat(peers.Select(static peer => $$$"""{{if eq .ID "{{{peer.Key}}}"}}127.0.0.1:{{{peer.Value}}}{{end}}"""))}}}'
        """;

    [GeneratedRegex(@"^kind:\s*Configuration\s*$", RegexOptions.Multiline)]
    private static partial Regex ConfigurationKind();

    [GeneratedRegex(@"(?<before>name:\s*redisHost\s+value:\s*)\S+")]
    private static partial Regex RedisHost();
}
