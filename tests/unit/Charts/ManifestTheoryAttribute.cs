using Splitrail.Tests.Unit.Repository;
using Xunit;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>A test against the real schemas of Kubernetes in shared/k8s beside the repository; left out, and said so, where that folder or helm is missing.</summary>
public sealed class ManifestTheoryAttribute : TheoryAttribute
{
    public ManifestTheoryAttribute() =>
        Skip = ChartTools.SkipWithout("helm") ?? (Checker is null ? $"left out: no shared/k8s/check-manifests.mjs above {RepositoryRoot.Path}"
            : Directory.Exists(Path.Combine(ChartTools.Folder, "node_modules")) ? null : "left out: scripts/chart-tools.sh was not run");

    public static string? Checker { get; } = Find();

    private static string? Find()
    {
        for (var above = new DirectoryInfo(RepositoryRoot.Path); above is not null; above = above.Parent)
        {
            var path = Path.Combine(above.FullName, "shared", "k8s", "check-manifests.mjs");
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
