using Splitrail.FeatureSvc.Seeding;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Catalogs;

/// <summary>Keeps the catalogue in memory and compares it with the database's version, so that a replica sees what another one wrote.</summary>
internal sealed partial class CatalogMirror(
    Database database, DatasetSeed seed, FeatureOptions options, Readiness readiness, TimeProvider time, ILogger<CatalogMirror> logger) : BackgroundService
{
    private const string Part = "catalog";
    private readonly SemaphoreSlim _one = new(1);
    private volatile CatalogState? _current;

    /// <summary>Null until it was read the first time.</summary>
    public CatalogState? Current => _current;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(Part);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    /// <summary>Takes over what is new in the database.</summary>
    /// <exception cref="DatabaseAwayException">The database is away; the state stays as it is.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var held = _current;
            var fresh = await database.ScanAsync(async (connection, token) =>
            {
                var version = await Counters.ReadAsync(connection, CatalogTable.Counter, token);
                if (held is not null && held.Version == version)
                    return held;
                var from = held is not null && held.Version < version ? held : CatalogState.Empty(await CatalogTable.BornAsync(connection, token));
                return from.Apply(version, await CatalogTable.ChangedSinceAsync(connection, from.Version, version, token));
            }, cancellationToken);
            _current = fresh;
            if (held is null || held.Version != fresh.Version)
                Taken(logger, fresh.Version, fresh.Count);
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await seed.Completed.WaitAsync(stoppingToken);
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(stoppingToken);
                readiness.MarkReady(Part);
                away = false;
            }
            catch (DatabaseAwayException exception)
            {
                if (!away)
                    Stale(logger, exception.Message, _current?.Version ?? 0);
                away = true;
            }

            await Task.Delay(options.CatalogRefresh, time, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 220, Level = LogLevel.Information, Message = "Catalogue {Version} with {Items} items")]
    private static partial void Taken(ILogger logger, long version, int items);

    [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "The catalogue is not refreshed: {Reason}; serving version {Version}")]
    private static partial void Stale(ILogger logger, string reason, long version);
}
