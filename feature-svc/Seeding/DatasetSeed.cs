using System.Diagnostics;
using Splitrail.Datasets;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Seeding;

/// <summary>
/// Loads the dataset folder at start unless its fingerprint is there already. The service is ready when it is done; a dataset that is missing or
/// damaged is tried again, and meanwhile an earlier one is served when there is one.
/// </summary>
internal sealed partial class DatasetSeed(
    Database database, SchemaUpgrade schema, FeatureOptions options, Readiness readiness, TimeProvider time, ILogger<DatasetSeed> logger)
    : BackgroundService, IDependencyCheck
{
    private const string Part = "dataset";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile DependencyStatus _status = DependencyStatus.Degraded("not looked at yet");

    public string Name => Part;

    /// <summary>Ends when there is a catalogue to read.</summary>
    public Task Completed => _completed.Task;

    public ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_status);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(Part);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        if (options.Dataset is null)
            _status = DependencyStatus.Healthy("none configured");
        else
        {
            while (!await TryLoadAsync(options.Dataset, stoppingToken))
                await Task.Delay(RetryAfter, time, stoppingToken);
        }

        MarkReady();
    }

    private void MarkReady()
    {
        readiness.MarkReady(Part);
        _completed.TrySetResult();
    }

    private async Task<bool> TryLoadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(DatasetFolder.Open(path), cancellationToken);
            return true;
        }
        catch (DatabaseAwayException away)
        {
            NotLoaded(logger, path, away.Message);
            _status = DependencyStatus.Degraded(away.Message);
            return false;
        }
        catch (Exception damaged) when (damaged is DatasetException or IOException)
        {
            NotLoaded(logger, path, damaged.Message);
            _status = DependencyStatus.Degraded(damaged.Message);
            await ServeEarlierAsync(cancellationToken);
            return false;
        }
    }

    private async Task LoadAsync(DatasetFolder dataset, CancellationToken cancellationToken)
    {
        var manifest = dataset.Manifest;
        if (await LoadedAsync(cancellationToken) != manifest.Fingerprint)
        {
            Loading(logger, manifest.Name, manifest.Items, manifest.Events);
            var started = Stopwatch.GetTimestamp();
            var progress = new LoadProgress(loaded => Report(loaded, manifest.Events));
            await database.LoadAsync("dataset", (transaction, token) => new SeedLoad(database, transaction, dataset, progress).RunAsync(token), cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            Loaded(logger, manifest.Name, manifest.Events, seconds);
        }

        _status = DependencyStatus.Healthy($"{manifest.Name}: {manifest.Items} items, {manifest.Events} events");
    }

    private async Task ServeEarlierAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await LoadedAsync(cancellationToken) is not null)
                MarkReady();
        }
        catch (DatabaseAwayException away)
        {
            NotLoaded(logger, "earlier dataset", away.Message);
        }
    }

    private Task<string?> LoadedAsync(CancellationToken cancellationToken) =>
        database.ScanAsync((connection, token) => SeedLoad.FingerprintAsync(connection, null, token), cancellationToken);

    private void Report(long loaded, long total)
    {
        _status = DependencyStatus.Degraded($"loading, {loaded} of {total} events");
        Progress(logger, loaded, total);
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Information, Message = "Loading dataset {Dataset}: {Items} items, {Events} events")]
    private static partial void Loading(ILogger logger, string dataset, int items, long events);

    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Loaded {Loaded} of {Events} events")]
    private static partial void Progress(ILogger logger, long loaded, long events);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Dataset {Dataset} with {Events} events loaded in {Seconds:0.0} s")]
    private static partial void Loaded(ILogger logger, string dataset, long events, double seconds);

    [LoggerMessage(EventId = 203, Level = LogLevel.Error, Message = "Dataset {Dataset} is not loaded: {Reason}")]
    private static partial void NotLoaded(ILogger logger, string dataset, string reason);

    /// <summary>Reports on the caller's thread: <see cref="Progress{T}"/> would post to the pool and arrive out of order.</summary>
    private sealed class LoadProgress(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
