using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Carries out what was decided in mode <c>act</c>, also by a replica that died before it could.</summary>
internal sealed partial class DecisionApplication(
    DecisionStore decisions, EditTransaction edits, ControlPlane control, DecisionMetrics metrics, ExperimentMetrics failures, TimeProvider time, ILogger<DecisionApplication> logger)
{
    /// <exception cref="DatabaseAwayException">Something is still to be carried out.</exception>
    public async Task CompleteAsync(long token, CancellationToken cancellationToken)
    {
        foreach (var action in await decisions.PendingAsync(cancellationToken))
        {
            try
            {
                await ApplyAsync(await decisions.EntryAsync(action.Sequence, cancellationToken), token, cancellationToken);
            }
            catch (Exception broken) when (broken is not (DatabaseAwayException or OperationCanceledException))
            {
                // It stays pending; the others must not wait for it, nor may every start of the service end here.
                failures.CountFailure("decisions");
                Failed(logger, broken, action.Sequence, action.Experiment);
            }
        }
    }

    /// <exception cref="DatabaseAwayException">It may be carried out or not; the next look at what is pending finds out.</exception>
    public async Task ApplyAsync(DecisionEntry entry, long token, CancellationToken cancellationToken)
    {
        var outcome = await edits.RunAsync(DecisionEdits.Of(entry, token), cancellationToken);
        if (outcome.Snapshot is { } snapshot)
            control.Take(snapshot);
        if (outcome.Refusal is { IsTransient: true } later)
        {
            Waits(logger, entry.Sequence, entry.Id, later.Detail);
            return;
        }

        var state = outcome.Refusal is null ? DecisionState.Applied : DecisionState.Superseded;
        await decisions.CloseAsync(entry.Sequence, state, outcome.Refusal?.Detail, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
        metrics.CountApplied(entry.Kind, state);
        if (outcome.Refusal is { } refusal)
            Overtaken(logger, entry.Kind, entry.Sequence, entry.Id, refusal.Detail);
        else
            Applied(logger, entry.Kind, entry.Sequence, entry.Id);
    }

    [LoggerMessage(EventId = 377, Level = LogLevel.Error, Message = "Decision {Sequence} about experiment {Experiment} could not be carried out")]
    private static partial void Failed(ILogger logger, Exception exception, long sequence, string experiment);

    [LoggerMessage(EventId = 372, Level = LogLevel.Information, Message = "Carried out: {Kind}, decision {Sequence} about experiment {Experiment}")]
    private static partial void Applied(ILogger logger, string kind, long sequence, string experiment);

    [LoggerMessage(EventId = 373, Level = LogLevel.Warning, Message = "Not carried out: {Kind}, decision {Sequence} about experiment {Experiment}: {Reason}")]
    private static partial void Overtaken(ILogger logger, string kind, long sequence, string experiment, string reason);

    [LoggerMessage(EventId = 374, Level = LogLevel.Warning, Message = "Decision {Sequence} about experiment {Experiment} waits: {Reason}")]
    private static partial void Waits(ILogger logger, long sequence, string experiment, string reason);
}
