using Splitrail.Benchmarks.Quality;
using Splitrail.Datasets;
using Splitrail.Trainer;

namespace Splitrail.Benchmarks.RankerQuality;

/// <summary>The shop of the protocol, with its own dates: from <c>--data</c>, or shared/data beside the repository.</summary>
internal static class OnlineRetail
{
    private const string Format = "online-retail";

    /// <exception cref="InputException">It is nowhere.</exception>
    public static DatasetFolder Open(BenchRequest request) =>
        QualityData.Open(request with { DataPath = request.DataPath ?? Find(), Format = Format, StateDirectory = Path.Combine(request.StateDirectory, "ranker-quality") });

    private static string Find()
    {
        for (var above = new DirectoryInfo(Environment.CurrentDirectory); above is not null; above = above.Parent)
        {
            var path = Path.Combine(above.FullName, "shared", "data", Format);
            if (Directory.Exists(path))
                return path;
        }

        throw new InputException($"ranker-quality measures on Online Retail, and there is no folder shared/data/{Format} at or above {Environment.CurrentDirectory}: give --data PATH");
    }
}
