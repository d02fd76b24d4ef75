using System.Text.Json;
using Splitrail.Tests.Unit.Repository;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

/// <summary>Reference numbers of other implementations, read in place from shared/stats/vectors.json beside the repository.</summary>
internal static class ReferenceVectors
{
    private static readonly Lazy<JsonDocument> s_all = new(static () => JsonDocument.Parse(File.ReadAllBytes(Find() ?? throw new FileNotFoundException("shared/stats/vectors.json"))));

    /// <summary>Name, input and expected output of every case of a group.</summary>
    public static IReadOnlyList<(string Id, JsonElement Input, JsonElement Expected)> Of(string group) =>
    [
        .. Group(group).GetProperty("cases").EnumerateArray()
            .Select(static one => (one.GetProperty("id").GetString()!, one.GetProperty("input"), one.GetProperty("expected"))),
    ];

    /// <summary>The group's own tolerances, relative and absolute.</summary>
    public static (double Relative, double Absolute) Tolerance(string group) => (Group(group).GetProperty("rel_tol").GetDouble(), Group(group).GetProperty("abs_tol").GetDouble());

    public static string? Find()
    {
        for (var above = new DirectoryInfo(RepositoryRoot.Path); above is not null; above = above.Parent)
        {
            var path = Path.Combine(above.FullName, "shared", "stats", "vectors.json");
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    private static JsonElement Group(string group) => s_all.Value.RootElement.GetProperty("groups").EnumerateArray().Single(one => one.GetProperty("id").GetString() == group);
}

/// <summary>A test that needs <see cref="ReferenceVectors"/>; left out, and said so, where the file is missing.</summary>
public sealed class ReferenceVectorsFactAttribute : FactAttribute
{
    public ReferenceVectorsFactAttribute()
    {
        if (ReferenceVectors.Find() is null)
            Skip = $"left out: no file shared/stats/vectors.json above {RepositoryRoot.Path}";
    }
}

/// <summary>A test with data rows that needs <see cref="ReferenceVectors"/>; left out, and said so, where the file is missing.</summary>
public sealed class ReferenceVectorsTheoryAttribute : TheoryAttribute
{
    public ReferenceVectorsTheoryAttribute()
    {
        if (ReferenceVectors.Find() is null)
            Skip = $"left out: no file shared/stats/vectors.json above {RepositoryRoot.Path}";
    }
}
