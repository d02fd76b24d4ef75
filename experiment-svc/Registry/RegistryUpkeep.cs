using System.Text.Json;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Models;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>
/// Keeps registry and volume together, at the start and whenever the volume changes: what a publish put there and could not say any more is registered, what vanished is marked, what active.json names for the first time
/// is activated. Every replica does so, and what one has done the others find done.
/// </summary>
internal sealed partial class RegistryUpkeep(
    ModelRegistry registry, ModelVerification verification, DefinitionStore definitions, ActiveModelWatch file, SchemaUpgrade schema, ExperimentOptions options, TimeProvider time, ILogger<RegistryUpkeep> logger) : BackgroundService
{
    private const string Volume = "volume";
    private const string File = "file:active.json";

    /// <summary>A draft that nobody has written to for so long is of a publish that died.</summary>
    private static readonly TimeSpan s_abandoned = TimeSpan.FromDays(1);

    /// <summary>What could not be done is tried again.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private string? _settled;
    private string? _lastTried;
    private long _tried;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ModelsDirectory is not { } folder)
            return;
        await schema.Completed.WaitAsync(stoppingToken);
        var store = new ModelStore(folder);
        long? swept = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(store, stoppingToken);
                if (swept is null || time.GetElapsedTime(swept.Value) >= options.Registry.RetentionInterval)
                {
                    await SweepAsync(store, stoppingToken);
                    swept = time.GetTimestamp();
                }
            }
            catch (Exception away) when (away is DatabaseAwayException or ModelException or IOException or UnauthorizedAccessException)
            {
                Waiting(logger, away.Message);
            }

            await Task.Delay(options.PollInterval, time, stoppingToken);
        }
    }

    private async Task LookAsync(ModelStore store, CancellationToken cancellationToken)
    {
        var (versions, active) = (store.Versions(), file.Look());
        var seen = $"{active}|{string.Join('|', versions)}";
        if (seen == _settled || (_tried != 0 && time.GetElapsedTime(_tried) < s_again && seen == _lastTried))
            return;
        var set = await definitions.ReadAsync(cancellationToken);
        if (set.Layers.Count == 0)
            return;
        (_tried, _lastTried) = (time.GetTimestamp(), seen);
        var settled = await FollowAsync(set, active, cancellationToken);
        foreach (var version in versions)
            settled &= await TakeAsync(store, set, version, cancellationToken);
        foreach (var gone in set.Models.Values.Where(held => held.Value.Files == ModelFilesState.Present && !store.Has(held.Value.Version)))
            await registry.RunAsync(RegistryEdits.Files(gone.Value.Version, ModelFilesState.Gone, Volume), cancellationToken);
        if (settled)
            _settled = seen;
    }

    /// <returns>False when it has to be looked at again.</returns>
    private async Task<bool> FollowAsync(DefinitionSet set, string? active, CancellationToken cancellationToken)
    {
        if (active is null || active == set.Production.Value.FollowedFile)
        {
            file.Refuse(null);
            return true;
        }

        var refusal = await registry.FollowAsync(active, File, cancellationToken);
        file.Refuse(refusal is { IsTransient: false } ? $"active.json names version '{active}': {refusal.Detail}" : null);
        return refusal is null;
    }

    /// <returns>False when it has to be looked at again.</returns>
    private async Task<bool> TakeAsync(ModelStore store, DefinitionSet set, string version, CancellationToken cancellationToken)
    {
        var held = set.Models.GetValueOrDefault(version)?.Value;
        if (held?.Files == ModelFilesState.Present || ReservedVersions.All.Contains(version))
            return true;
        if (held?.Files == ModelFilesState.Deleted && JsonElement.DeepEquals(held.ManifestJson, JsonElement.Parse(store.ReadManifestText(version))))
        {
            // Retention was killed between the mark and the files.
            store.Delete(version);
            return true;
        }

        var refusal = (await registry.PublishAsync(version, Volume, cancellationToken)).Refusal;
        if (refusal is not null && _refused.GetValueOrDefault(version) != refusal.Detail)
            NotTaken(logger, version, refusal.Detail);
        if (refusal is not null)
            _refused[version] = refusal.Detail;
        else
            // Opened before anybody asks for it: an activation finds the verdict.
            await verification.OpensAsync(ModelManifest.Read(store.ReadManifestText(version)), cancellationToken);
        return refusal is null;
    }

    private async Task SweepAsync(ModelStore store, CancellationToken cancellationToken)
    {
        if (store.Sweep(time.GetUtcNow() - s_abandoned) is > 0 and var left)
            Swept(logger, left);
        foreach (var version in ModelRetention.Superfluous(await definitions.ReadAsync(cancellationToken), options.Registry.ArchivedKept))
        {
            // Marked first: from here on nothing can activate it.
            if ((await registry.RunAsync(RegistryEdits.Files(version, ModelFilesState.Deleted, "retention"), cancellationToken)).Refusal is not null)
                continue;
            store.Delete(version);
            Deleted(logger, version);
        }
    }

    [LoggerMessage(EventId = 380, Level = LogLevel.Warning, Message = "Model version {Version} on the volume is not registered: {Reason}")]
    private static partial void NotTaken(ILogger logger, string version, string reason);

    [LoggerMessage(EventId = 381, Level = LogLevel.Information, Message = "Removed {Count} folders that a killed publish or deletion left in the models folder")]
    private static partial void Swept(ILogger logger, int count);

    [LoggerMessage(EventId = 382, Level = LogLevel.Information, Message = "Retention deleted the files of model version {Version}")]
    private static partial void Deleted(ILogger logger, string version);

    [LoggerMessage(EventId = 383, Level = LogLevel.Debug, Message = "The registry's upkeep waits: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
