using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>Creating and saving experiments.</summary>
internal static class ExperimentEdits
{
    public static Edit Create(DefinedExperiment body, string actor) => new("create", actor, (set, _) =>
    {
        var wanted = Owned(ExperimentRules.Completed(body), actor);
        if (FaultsOf(wanted) is { } bad)
            return bad;
        if (set.Experiments.ContainsKey(wanted.Id))
            return new Refusal(StatusCodes.Status409Conflict, "Experiment exists", $"There is an experiment '{wanted.Id}' already: save it with PUT, or choose another id.");
        return set.With(new ExperimentRecord(wanted, new Lifecycle()));
    });

    /// <param name="id">The experiment.</param>
    /// <param name="body">All that its owner writes.</param>
    /// <param name="version">The version he edited.</param>
    /// <param name="actor">Who.</param>
    /// <param name="action">Name in the audit log: an edit, or the undo of one.</param>
    public static Edit Save(string id, DefinedExperiment body, long version, string actor, string action = "edit") => new(action, actor, (set, moment) =>
    {
        if (!set.Experiments.TryGetValue(id, out var held))
            return Refusal.Unknown("experiment", id, set.Experiments.Keys);
        var record = held.Value;
        if (!StateMachine.CanEdit(record.State))
            return Conflicts.NotEditable(record);
        var wanted = Owned(ExperimentRules.Completed(body), record.Definition.Owner);
        if (wanted.Id != id)
            return Refusal.Bad("id", wanted.Id, $"must be {BadInput.Show(id)}, as in the path: an id cannot change");
        if (FaultsOf(wanted) is { } bad)
            return bad;
        if (held.Version != version)
            return Conflicts.Stale(held, version, wanted);
        if (record.Lifecycle.StartedMs is not null && wanted.Layer != record.Definition.Layer)
            return Refusal.Bad("layer", wanted.Layer, $"must stay '{record.Definition.Layer}': the experiment has had users there; end it and create another one");
        if (moment.RequireApproval && record.State is (ExperimentState.Running or ExperimentState.Paused))
            return set.With(record with { Lifecycle = record.Lifecycle with { Pending = new PendingEdit(wanted, actor, moment.NowMs) } });
        return set.With(Apply(record, wanted, actor));
    });

    /// <summary>The record with another definition: who edits what waits for a review asks anew, and a ramp goes on where it was.</summary>
    public static ExperimentRecord Apply(ExperimentRecord record, DefinedExperiment wanted, string actor)
    {
        var life = record.Lifecycle with
        {
            ApprovedBy = null,
            AskedBy = record.State == ExperimentState.Review ? actor : record.Lifecycle.AskedBy,
            RampStep = record.Lifecycle.RampStep is { } step && wanted.Ramp.Count > 0 ? Math.Min(step, wanted.Ramp.Count - 1) : null,
            RampHeld = null,
            Pending = null,
            // A decision holds as long as everybody gets the arm that was decided for.
            Decision = wanted.Arms.Any(arm => arm.Id == record.Lifecycle.Decision?.Arm && arm.Share == 1) ? record.Lifecycle.Decision : null,
        };
        return new ExperimentRecord(wanted, life);
    }

    private static DefinedExperiment Owned(DefinedExperiment wanted, string owner) => string.IsNullOrWhiteSpace(wanted.Owner) ? wanted with { Owner = owner } : wanted;

    private static Refusal? FaultsOf(DefinedExperiment wanted)
    {
        var faults = new Faults();
        ExperimentRules.Check(wanted, "", faults);
        return faults.None ? null : Refusal.Bad(faults.All);
    }
}
