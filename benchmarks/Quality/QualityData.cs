using Splitrail.Datasets;
using Splitrail.Trainer;
using Splitrail.Trainer.DemoShop;
using Splitrail.Trainer.Import;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Benchmarks.Quality;

/// <summary>The data of a measurement as a dataset folder: imported from <c>--data</c>, or the demo shop, made once and kept.</summary>
internal static class QualityData
{
    /// <exception cref="InputException">The data cannot be read; the message says what was expected.</exception>
    public static DatasetFolder Open(BenchRequest request)
    {
        if (request.DataPath is null)
            return OpenDemo(Path.Combine(request.StateDirectory, "dataset"), request.Seed);
        var folder = Path.Combine(request.StateDirectory, "quality", "dataset");
        var format = request.Format ?? throw new InputException("--data needs --format");
        new Importer(TimeProvider.System, SilentWorkLog.Instance)
            .Import(new ImportRequest(request.DataPath, format, folder, new Dictionary<string, string>(), ShiftToNow: false));
        return DatasetFolder.Open(folder);
    }

    private static DatasetFolder OpenDemo(string folder, ulong seed)
    {
        if (!DatasetFolder.Exists(folder))
            new DatasetOutput(TimeProvider.System, SilentWorkLog.Instance).Write(
                new DemoShopGenerator(new DemoShopOptions() with { Seed = seed }).Generate(SilentWorkLog.Instance), folder, shiftToNow: true);
        return DatasetFolder.Open(folder);
    }
}
