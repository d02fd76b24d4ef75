using System.Text.RegularExpressions;

namespace Splitrail.Local.Daprd;

/// <summary>
/// Component files as daprd gets them on one machine: the cluster's, with the address of the Redis that is there, and with a configuration by which
/// sidecars find each other in a SQLite file. daprd's default, mDNS, needs multicast, which laptops on a VPN and containers do not have.
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
    public static DaprdResources Write(string source, string target, string redis)
    {
        var folder = Path.Combine(target, "resources");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var configuration = Path.Combine(target, "configuration.yaml");
        File.WriteAllText(configuration, WithNames("apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata:\n  name: local\nspec:\n", target));
        foreach (var file in Directory.EnumerateFiles(source).Where(static file => Path.GetExtension(file) is ".yaml" or ".yml"))
        {
            var text = File.ReadAllText(file);
            if (ConfigurationKind().IsMatch(text))
                File.WriteAllText(configuration, WithNames(text, target));
            else
                File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), RedisHost().Replace(text, "${before}" + redis));
        }

        return new DaprdResources(folder, configuration);
    }

    /// <summary>A configuration that says itself how names are found keeps its way.</summary>
    private static string WithNames(string configuration, string target) => configuration.Contains("nameResolution:", StringComparison.Ordinal)
        ? configuration
        : configuration.TrimEnd() + $"""

              nameResolution:
                component: sqlite
                version: v1
                configuration:
                  connectionString: "{Path.Combine(target, "names.db")}"

            """;

    [GeneratedRegex(@"^kind:\s*Configuration\s*$", RegexOptions.Multiline)]
    private static partial Regex ConfigurationKind();

    [GeneratedRegex(@"(?<before>name:\s*redisHost\s+value:\s*)\S+")]
    private static partial Regex RedisHost();
}
