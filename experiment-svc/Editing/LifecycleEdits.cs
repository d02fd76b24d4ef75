using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Reasons;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>Body of the actions; all of it may be left out where nothing is asked.</summary>
internal sealed record ActionRequest
{
    /// <summary>The winner, for promote.</summary>
    public string? Arm { get; set; }

    /// <summary>For promote and roll back: the part of the layer's users from now on; what it is when left out.</summary>
    public double? Traffic { get; set; }

    /// <summary>Asked for by promote and roll back.</summary>
    public Reason? Reason { get; set; }
}

/// <summary>The steps of an experiment's life.</summary>
internal static class LifecycleEdits
{
    /// <param name="id">The experiment.</param>
    /// <param name="action">What to do.</param>
    /// <param name="request">Its details.</param>
    /// <param name="version">The version that was looked at; null takes any.</param>
    /// <param name="actor">Who.</param>
    public static Edit Act(string id, ExperimentAction action, ActionRequest request, long? version, string actor) => new(action.NameOf(), actor, (set, moment) =>
    {
        if (!set.Experiments.TryGetValue(id, out var held))
            return Refusal.Unknown("experiment", id, set.Experiments.Keys);
        if (version is { } seen && seen != held.Version)
            return Conflicts.Stale($"Experiment '{id}'", held.Version, seen);
        var record = held.Value;
        if (StateMachine.Next(record.State, action) is not { } next)
            return Conflicts.NotPossible(record, action);
        return action switch
        {
            ExperimentAction.Submit => set.With(record with { Lifecycle = record.Lifecycle with { State = next, AskedBy = actor, ApprovedBy = null } }),
            ExperimentAction.Withdraw => Withdraw(set, record, next),
            ExperimentAction.Approve => Approve(set, record, actor),
            ExperimentAction.Start => Start(set, record, moment),
            ExperimentAction.Resume => Resume(set, record, moment),
            ExperimentAction.End => set.With(record with { Lifecycle = record.Lifecycle with { State = next, EndedMs = moment.NowMs, Pending = null } }),
            ExperimentAction.Promote => Promote(set, record, request, actor, moment),
            ExperimentAction.RollBack => RollBack(set, record, request, moment),
            _ => set.With(record.With(next)),
        };
    })
    {
        Reason = request.Reason,
    };

    private static EditResult Withdraw(DefinitionSet set, ExperimentRecord record, ExperimentState next)
    {
        if (record.State != ExperimentState.Review && record.Lifecycle.Pending is null)
            return Conflicts.NotPossible(record, ExperimentAction.Withdraw, "no edit waits for approval");
        return set.With(record with { Lifecycle = record.Lifecycle with { State = next, AskedBy = null, ApprovedBy = null, Pending = null } });
    }

    /// <summary>Four eyes: who asked cannot approve. Without sign-in this holds against mistakes, not against malice.</summary>
    private static EditResult Approve(DefinitionSet set, ExperimentRecord record, string actor)
    {
        var askedBy = record.State == ExperimentState.Review ? record.Lifecycle.AskedBy : record.Lifecycle.Pending?.AskedBy;
        if (record.State != ExperimentState.Review && record.Lifecycle.Pending is null)
            return Conflicts.NotPossible(record, ExperimentAction.Approve, "no edit waits for approval");
        if (askedBy == actor)
        {
            return new Refusal(
                StatusCodes.Status409Conflict, "Second person needed", $"'{actor}' asked for this approval, so somebody else has to give it. The actor comes from the header X-Actor.");
        }

        if (record.State == ExperimentState.Review)
            return set.With(record with { Lifecycle = record.Lifecycle with { ApprovedBy = actor } });
        var pending = record.Lifecycle.Pending!;
        var applied = ExperimentEdits.Apply(record, pending.Definition, actor);
        return set.With(applied with { Lifecycle = applied.Lifecycle with { ApprovedBy = actor, AskedBy = askedBy, Decision = pending.Decision ?? applied.Lifecycle.Decision } });
    }

    private static EditResult Start(DefinitionSet set, ExperimentRecord record, EditMoment moment)
    {
        if (moment.RequireApproval && record.Lifecycle.ApprovedBy is null)
            return Conflicts.NotPossible(record, ExperimentAction.Start, "a second person has to approve it first (submit, then approve)");
        if (record.Definition.Schedule?.End is { } end && end.ToUnixTimeMilliseconds() <= moment.NowMs)
            return Refusal.Bad("schedule.end", end.ToString("O"), "is over already: move it or leave it out");
        var ramps = record.Definition.Ramp.Count > 0;
        return set.With(record with
        {
            Lifecycle = record.Lifecycle with
            {
                State = ExperimentState.Running,
                StartedMs = record.Lifecycle.StartedMs ?? moment.NowMs,
                RampStep = ramps ? 0 : null,
                RampStepMs = ramps ? moment.NowMs : null,
            },
        });
    }

    /// <summary>A ramp that was stopped goes on, and its step has its hours anew.</summary>
    private static DefinitionSet Resume(DefinitionSet set, ExperimentRecord record, EditMoment moment) => set.With(record with
    {
        Lifecycle = record.Lifecycle with { State = ExperimentState.Running, RampHeld = null, RampStepMs = record.Lifecycle.RampStep is null ? null : moment.NowMs },
    });

    private static EditResult Promote(DefinitionSet set, ExperimentRecord record, ActionRequest request, string actor, EditMoment moment)
    {
        if (record.Definition.Type == ExperimentTypes.Same)
            return Conflicts.NotPossible(record, ExperimentAction.Promote, "the arms of an A/A experiment do the same");
        if (FaultsOf(record, request, request.Arm) is { } bad)
            return bad;
        var (definition, decision) = Decided(record, request, request.Arm!, "promoted", moment);
        if (moment.RequireApproval)
            return set.With(record with { Lifecycle = record.Lifecycle with { Pending = new PendingEdit(definition, actor, moment.NowMs, decision) } });
        return Apply(set, record, definition, decision);
    }

    /// <summary>Needs no second person: whoever sees harm must be able to end it.</summary>
    private static EditResult RollBack(DefinitionSet set, ExperimentRecord record, ActionRequest request, EditMoment moment)
    {
        var control = record.Definition.Arms.Single(static arm => arm.Control).Id;
        if (FaultsOf(record, request, control) is { } bad)
            return bad;
        var (definition, decision) = Decided(record, request, control, "rolled_back", moment);
        return Apply(set, record, definition, decision);
    }

    private static Refusal? FaultsOf(ExperimentRecord record, ActionRequest request, string? arm)
    {
        var faults = new Faults();
        ReasonRules.Check(request.Reason, "reason", faults);
        if (record.Definition.Arms.All(known => known.Id != arm))
            faults.Add("arm", arm, $"must be an arm of this experiment: {string.Join(", ", record.Definition.Arms.Select(static known => known.Id))}");
        if (request.Traffic is { } traffic && !(traffic is > 0 and <= 1))
            faults.Add("traffic", traffic, "must be a number above 0 and up to 1");
        return faults.None ? null : Refusal.Bad(faults.All);
    }

    private static (DefinedExperiment Definition, ExperimentDecision Decision) Decided(ExperimentRecord record, ActionRequest request, string arm, string kind, EditMoment moment) => (
        record.Definition with
        {
            Arms = [.. record.Definition.Arms.Select(known => known with { Share = known.Id == arm ? 1 : 0 })],
            Traffic = request.Traffic ?? record.TrafficNow,
            Ramp = [],
        },
        new ExperimentDecision(kind, arm, request.Reason!, moment.NowMs));

    private static DefinitionSet Apply(DefinitionSet set, ExperimentRecord record, DefinedExperiment definition, ExperimentDecision decision) => set.With(new ExperimentRecord(
        definition,
        record.Lifecycle with { RampStep = null, RampStepMs = null, RampHeld = null, Pending = null, Decision = decision }));
}
