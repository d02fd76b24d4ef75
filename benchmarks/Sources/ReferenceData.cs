using Splitrail.Datasets;
using Splitrail.Trainer;
using Splitrail.Trainer.Import;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Benchmarks.Sources;

/// <summary>The two sets of data that figures of other implementations are known on, imported once and kept.</summary>
internal static class ReferenceData
{
    public const string Films = "movielens-small";
    public const string Shop = "online-retail";

    /// <exception cref="InputException">The data are not there.</exception>
    public static DatasetFolder Open(BenchRequest request, string name)
    {
        var folder = Path.Combine(request.StateDirectory, "sources", name);
        if (!DatasetFolder.Exists(folder))
            new Importer(TimeProvider.System, SilentWorkLog.Instance).Import(
                new ImportRequest(Find(request, name), name == Films ? "movielens" : name, folder, new Dictionary<string, string>(), ShiftToNow: false));
        return DatasetFolder.Open(folder);
    }

    private static string Find(BenchRequest request, string name)
    {
        if (request.DataPath is { } given)
            return Path.Combine(given, name);
        for (var above = new DirectoryInfo(Environment.CurrentDirectory); above is not null; above = above.Parent)
            if (Path.Combine(above.FullName, "shared", "data", name) is var path && Directory.Exists(path))
                return path;
        throw new InputException($"There is no shared/data/{name} here or above: give the folder that has {Films} and {Shop} by --data.");
    }
}
