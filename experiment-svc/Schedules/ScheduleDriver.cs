using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.Policies;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>Starts and ends experiments by their schedule and takes the steps of their ramps. Every replica runs one: each step is an edit by version, so one of them wins.</summary>
internal sealed partial class ScheduleDriver(
    DefinitionStore store,
    EditTransaction edits,
    ControlPlane control,
    IEnumerable<IRampGate> gates,
    SchemaUpgrade schema,
    ExperimentOptions options,
    ExperimentMetrics metrics,
    TimeProvider time,
    ILogger<ScheduleDriver> logger) : BackgroundService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly PolicyTable<IRampGate> _gates = new("ramp gate", gates);

    private (string? Edit, DefinitionSet Set) _read = (null, DefinitionSet.Empty);

    private readonly Dictionary<string, (string Reason, long At)> _refused = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DatabaseAwayException)
            {
                // The control plane says so, and SQL counts it; what is due stays due.
            }

            await Task.Delay(options.PollInterval, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        // Every edit is in the log: as long as its end is the same, the definitions are those of the last look.
        var edit = await store.LastEditAsync(cancellationToken);
        if (edit != _read.Edit)
            _read = (edit, await store.ReadAsync(cancellationToken));
        var set = _read.Set;
        foreach (var step in DueStep.Of(set, time.GetUtcNow(), options.RequireApproval))
        {
            if (_refused.TryGetValue(step.Id, out var refused) && time.GetElapsedTime(refused.At) < s_patience)
                continue;
            try
            {
                var held = step.Kind == StepKind.Ramp ? await HeldAsync(set.Experiments[step.Id].Value, cancellationToken) : null;
                await TakeAsync(step, held, cancellationToken);
            }
            catch (Exception broken) when (broken is not (DatabaseAwayException or OperationCanceledException))
            {
                // One experiment that cannot be looked at must not keep the others from their ends.
                metrics.CountFailure("schedule");
                Failed(logger, broken, step.Kind, step.Id);
                _refused[step.Id] = (broken.Message, time.GetTimestamp());
            }
        }
    }

    private async Task<string?> HeldAsync(ExperimentRecord record, CancellationToken cancellationToken)
    {
        foreach (var gate in record.Definition.Ramp[record.Lifecycle.RampStep!.Value].Gates)
        {
            if (await _gates.Get(gate).CheckAsync(record, cancellationToken) is { } reason)
                return reason;
        }

        return null;
    }

    private async Task TakeAsync(DueStep step, string? held, CancellationToken cancellationToken)
    {
        var outcome = await edits.RunAsync(held is null ? step.ToEdit() : step.ToHold(held), cancellationToken);
        if (outcome.Refusal is { } refusal)
        {
            if (_refused.GetValueOrDefault(step.Id).Reason != refusal.Detail)
                NotTaken(logger, step.Kind, step.Id, refusal.Detail);
            _refused[step.Id] = (refusal.Detail, time.GetTimestamp());
            return;
        }

        _refused.Remove(step.Id);
        // Another replica was first.
        if (outcome.Snapshot is not { } snapshot)
            return;
        control.Take(snapshot);
        if (held is null)
            Taken(logger, step.Kind, step.Id);
        else
            Held(logger, step.Id, held);
    }

    [LoggerMessage(EventId = 340, Level = LogLevel.Information, Message = "By schedule: {Kind} of experiment {Experiment}")]
    private static partial void Taken(ILogger logger, StepKind kind, string experiment);

    [LoggerMessage(EventId = 341, Level = LogLevel.Warning, Message = "The ramp of experiment {Experiment} stops: {Reason}")]
    private static partial void Held(ILogger logger, string experiment, string reason);

    [LoggerMessage(EventId = 343, Level = LogLevel.Error, Message = "{Kind} of experiment {Experiment} broke off")]
    private static partial void Failed(ILogger logger, Exception exception, StepKind kind, string experiment);

    [LoggerMessage(EventId = 342, Level = LogLevel.Warning, Message = "{Kind} of experiment {Experiment} is due and cannot be done: {Reason}")]
    private static partial void NotTaken(ILogger logger, StepKind kind, string experiment, string reason);
}
