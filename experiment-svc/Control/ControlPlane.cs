using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Control;

/// <summary>
/// Publishes a snapshot when the definitions file changed here, serves what an edit published here at once, and takes over what another replica published.
/// </summary>
internal sealed partial class ControlPlane(
    SnapshotStore store,
    DefinitionImport definitions,
    SchemaUpgrade schema,
    Readiness readiness,
    ExperimentMetrics metrics,
    ExperimentOptions options,
    TimeProvider time,
    ILogger<ControlPlane> logger) : BackgroundService
{
    private const string Part = "control_snapshot";

    /// <summary>The longest that a call of the feed is kept.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(3);

    private static readonly byte[] s_notReady = Write(new ControlFeedResponse(Outcomes.NotReady, null));
    private static readonly byte[] s_unchanged = Write(new ControlFeedResponse(Outcomes.Unchanged, null));
    private readonly Lock _taking = new();
    private volatile Published? _current;
    private volatile TaskCompletionSource _changed = NextChange();
    private bool _away;

    /// <summary>Null before the first one.</summary>
    public ControlSnapshot? Current => _current?.Snapshot;

    /// <summary>The feed's answer to who holds this version, as JSON. Another version, also a higher one, gets all: the database may have been put back.</summary>
    public byte[] AnswerTo(long held) => _current is not { } current ? s_notReady : held == current.Snapshot.Version ? s_unchanged : current.Answer;

    /// <summary>The same, kept back while there is nothing newer than what is held.</summary>
    /// <param name="held">The version held.</param>
    /// <param name="wait">How long at most; a caller that holds a version of another replica waits until this one has looked at the database twice.</param>
    /// <param name="cancellationToken">The caller has gone, or this process ends: then it is answered at once.</param>
    public async Task<byte[]> AnswerToAsync(long held, TimeSpan wait, CancellationToken cancellationToken)
    {
        var changed = _changed;
        var version = Current?.Version ?? 0;
        var longest = held > version ? options.PollInterval * 2 : s_longestWait;
        if (held >= version && wait > TimeSpan.Zero)
            await changed.Task.WaitAsync(wait < longest ? wait : longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return AnswerTo(held);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(Part);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(options.PollInterval, time, stoppingToken);
        }
    }

    /// <summary>Serves what an edit published on this replica.</summary>
    public void Take(ControlSnapshot snapshot)
    {
        lock (_taking)
        {
            if (snapshot.Version > (Current?.Version ?? 0))
                Swap(snapshot);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var before = _current;
        try
        {
            var found = await definitions.LookAsync(cancellationToken) ?? await store.NewestAsync(Current?.Version ?? 0, cancellationToken);
            _away = false;
            if (found is not null)
                Take(found, before);
        }
        catch (DatabaseAwayException away)
        {
            // The feed goes on from memory; what is pending is published when the database is back.
            if (!_away)
                Waiting(logger, away.Message, Current?.Version ?? 0);
            _away = true;
        }
        catch (SnapshotFaultException fault)
        {
            NotPublished(logger, fault.Message, Current?.Version ?? 0);
        }
    }

    /// <summary>What was read from SQL, be its version lower (a database that was put back): but not over what an edit has published here since.</summary>
    private void Take(ControlSnapshot snapshot, Published? before)
    {
        lock (_taking)
        {
            if (ReferenceEquals(_current, before) && snapshot.Version != Current?.Version)
                Swap(snapshot);
        }
    }

    private void Swap(ControlSnapshot snapshot)
    {
        _current = new Published(snapshot, Write(new ControlFeedResponse(Outcomes.Changed, snapshot)));
        // After the swap: who is woken reads the new one.
        Interlocked.Exchange(ref _changed, NextChange()).SetResult();
        metrics.SnapshotTaken(snapshot.Version);
        readiness.MarkReady(Part);
        var experiments = snapshot.Layers.Sum(static layer => layer.Experiments.Count);
        Taken(logger, snapshot.Version, experiments, snapshot.ActiveModel ?? "none");
    }

    private static TaskCompletionSource NextChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static byte[] Write(ControlFeedResponse response) => JsonSerializer.SerializeToUtf8Bytes(response, ContractsJson.Default.ControlFeedResponse);

    [LoggerMessage(EventId = 320, Level = LogLevel.Information, Message = "Control snapshot {Version}: {Experiments} experiments run, active model {Model}")]
    private static partial void Taken(ILogger logger, long version, int experiments, string model);

    [LoggerMessage(EventId = 321, Level = LogLevel.Warning, Message = "The control plane waits for the database: {Reason}; serving snapshot {Version}")]
    private static partial void Waiting(ILogger logger, string reason, long version);

    [LoggerMessage(EventId = 322, Level = LogLevel.Critical, Message = "A snapshot breaks a rule and is not published: {Reason}; serving snapshot {Version}")]
    private static partial void NotPublished(ILogger logger, string reason, long version);

    private sealed record Published(ControlSnapshot Snapshot, byte[] Answer);
}
