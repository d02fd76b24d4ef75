using Splitrail.Tests.Unit.Repository;
using Xunit;

namespace Splitrail.Tests.Unit.Datasets;

/// <summary>A test that reads real data in place, in shared/data beside the repository; left out, and said so, where that folder is missing.</summary>
public sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute(string folder)
    {
        if (Find(folder) is null) Skip = $"left out: no folder shared/data/{folder} above {RepositoryRoot.Path}";
    }

    public static string PathOf(string folder) => Find(folder) ?? throw new DirectoryNotFoundException($"shared/data/{folder}");

    private static string? Find(string folder)
    {
        for (var above = new DirectoryInfo(RepositoryRoot.Path); above is not null; above = above.Parent)
        {
            var path = Path.Combine(above.FullName, "shared", "data", folder);
            if (Directory.Exists(path)) return path;
        }
        return null;
    }
}
