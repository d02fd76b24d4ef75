using Shouldly;
using Xunit;

namespace Splitrail.Tests.Unit.Repository;

/// <summary>House rules that a compiler does not hold.</summary>
public sealed class SourceRuleTests
{
    private const int MaxLines = 300;

    [Fact]
    public void No_source_file_is_longer_than_300_lines() =>
        Sources().Select(static path => (path, lines: File.ReadLines(path).Count())).Where(static file => file.lines > MaxLines).ShouldBeEmpty();

    [Fact]
    public void Services_ship_no_appsettings() =>
        Directory.GetFiles(RepositoryRoot.Path, "appsettings*.json", SearchOption.AllDirectories).Where(static path => !IsBuilt(path)).ShouldBeEmpty();

    [Fact]
    public void A_namespace_is_named_after_its_project_and_folders()
    {
        foreach (var path in Sources())
        {
            var space = File.ReadLines(path).FirstOrDefault(static line => line.StartsWith("namespace ", StringComparison.Ordinal));
            if (space is null)
                continue;
            var folder = Path.GetFileName(Path.GetDirectoryName(path))!;
            var last = space["namespace ".Length..].TrimEnd(';').Split('.')[^1];
            var isProjectFolder = Directory.GetFiles(Path.GetDirectoryName(path)!, "*.csproj").Length > 0;
            if (!isProjectFolder)
                last.ShouldBe(folder, path);
        }
    }

    private static IEnumerable<string> Sources() =>
        Directory.GetFiles(RepositoryRoot.Path, "*.cs", SearchOption.AllDirectories).Where(static path => !IsBuilt(path));

    private static bool IsBuilt(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        return parts.Contains("bin") || parts.Contains("obj") || parts.Contains("node_modules");
    }
}
