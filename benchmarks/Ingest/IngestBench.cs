using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Splitrail.ExperimentSvc;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.Sql;

namespace Splitrail.Benchmarks.Ingest;

/// <summary>
/// How many exposures experiment-svc takes in: into its memory on one core, checked and deduplicated, and through the whole intake into PostgreSQL with the server's own settings, each unit counted and each call
/// acknowledged after its commit. The database and this process share the machine's cores. Then shop events of those units.
/// </summary>
internal sealed class IngestBench : IBench
{
    private const int Units = 250_000;
    private const int PerUnit = 8;
    private const int PerDelivery = 200;
    private const int InFlight = 64;
    private const int DurableUnits = 300_000;
    private const int DurableEvents = 100_000;

    public string Name => "ingest";

    public string Summary => "exposures per second into memory on one core, durable into PostgreSQL with all sums, and shop events";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["exposures_per_second_core"] = new(Min: 250_000),
        ["durable_per_second_postgres"] = new(Min: 20_000),
    };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        request.Progress($"{Units:N0} units, {PerUnit} exposures each, in random order, into memory");
        var (perSecond, bytes) = Memory(request.Seed);
        var figures = new Dictionary<string, double> { ["exposures_per_second_core"] = perSecond, ["staged_bytes_per_unit"] = bytes };
        request.Progress("PostgreSQL");
        await using var postgres = await BenchPostgres.StartAsync();
        if (postgres is null)
            request.Progress("left out: PostgreSQL's programs (initdb, pg_ctl) were not found; on Debian: apt-get install postgresql");
        else
            await AddDurableAsync(figures, $"--ExperimentSvc:ConnectionString={postgres.ConnectionString}", "postgres", request);
        var file = Path.Combine(Directory.CreateTempSubdirectory("splitrail-bench-sqlite-").FullName, "experiment-svc.db");
        request.Progress("SQLite");
        await AddDurableAsync(figures, $"--ExperimentSvc:Database={file}", "sqlite", request);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        figures["memory_mb"] = Environment.WorkingSet / 1e6;
        return figures;
    }

    private static (double PerSecond, double Bytes) Memory(ulong seed)
    {
        var exposures = IngestScene.Exposures(Units, PerUnit, seed);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(IngestScene.LastMs);
        List<double> rounds = [];
        var bytes = 0.0;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var stage = new ExposureStage(2 * Units, TimeProvider.System);
            var started = Stopwatch.GetTimestamp();
            foreach (var exposure in exposures)
            {
                if (ExperimentSvc.Exposures.ExposureRules.FaultOf(exposure, now) is null)
                    stage.Offer(exposure);
            }

            rounds.Add(exposures.Length / Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (stage.PendingCount != Units)
                throw new InvalidOperationException($"{stage.PendingCount} first exposures of {Units} units.");
            stage.MarkStored();
            bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Units;
            GC.KeepAlive(stage);
        }

        return (rounds.Order().ElementAt(rounds.Count / 2), bytes);
    }

    private static async Task AddDurableAsync(Dictionary<string, double> figures, string database, string name, BenchRequest request)
    {
        await using var app = ExperimentApp.Build([database, "--urls=http://127.0.0.1:0", "--log-level=Warning", "--Dapr:HttpEndpoint=http://127.0.0.1:9", "--ExperimentSvc:WriteTimeout=00:00:30"]);
        await app.StartAsync();
        await app.Services.GetRequiredService<SchemaUpgrade>().Completed;
        var writer = app.Services.GetRequiredService<IntakeWriter>();
        await IngestScene.KnowsExperimentAsync(app);
        var exposures = IngestScene.Exposures(DurableUnits, 1, request.Seed);
        figures[$"durable_per_second_{name}"] = await PaceAsync(writer, [.. exposures.Chunk(PerDelivery).Select(static chunk => new IntakeDelivery(chunk, [], []))]);
        var events = IngestScene.Outcomes(DurableEvents, DurableUnits, request.Seed);
        figures[$"events_per_second_{name}"] = await PaceAsync(writer, [.. events.Chunk(PerDelivery).Select(static chunk => new IntakeDelivery([], chunk, []))]);
        await IngestScene.CheckAsync(app, DurableUnits);
        await app.StopAsync();
    }

    private static async Task<double> PaceAsync(IntakeWriter writer, IntakeDelivery[] deliveries)
    {
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index < deliveries.Length)
            {
                if (!await writer.StoreAsync(deliveries[index], CancellationToken.None))
                    throw new InvalidOperationException("The database was away.");
            }
        }));
        return deliveries.Sum(static delivery => delivery.Count) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
