using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>What the clock asks for.</summary>
internal enum StepKind
{
    Start,
    End,
    Ramp,
}

/// <summary>
/// One thing that is due. It is due by what is stored and the time together, and doing it changes what is stored: whoever looks again, another replica or the same one
/// after its clock was set back, finds it done.
/// </summary>
/// <param name="Id">The experiment.</param>
/// <param name="Kind">What.</param>
/// <param name="Version">Of the experiment that was looked at.</param>
internal sealed record DueStep(string Id, StepKind Kind, long Version)
{
    private const string Actor = "schedule";

    public static IReadOnlyList<DueStep> Of(DefinitionSet set, DateTimeOffset now, bool requireApproval) =>
    [
        .. set.Experiments.Select(pair => KindOf(pair.Value.Value, now, requireApproval) is { } kind ? new DueStep(pair.Key, kind, pair.Value.Version) : null).OfType<DueStep>(),
    ];

    public Edit ToEdit() => Kind switch
    {
        StepKind.Start => Unless(LifecycleEdits.Act(Id, ExperimentAction.Start, new ActionRequest(), null, Actor)),
        StepKind.End => Unless(LifecycleEdits.Act(Id, ExperimentAction.End, new ActionRequest(), null, Actor)),
        _ => OnRecord("ramp", static (life, moment) => life with { RampStep = life.RampStep + 1, RampStepMs = moment.NowMs }),
    };

    /// <summary>The ramp stops, and the reason is kept until its owner resumes or edits.</summary>
    public Edit ToHold(string reason) => OnRecord("hold_ramp", (life, _) => life with { RampHeld = reason });

    private static StepKind? KindOf(ExperimentRecord record, DateTimeOffset now, bool requireApproval)
    {
        var (schedule, life) = (record.Definition.Schedule, record.Lifecycle);
        return record.State switch
        {
            ExperimentState.Review when schedule?.Start <= now && !(schedule.End <= now) && (!requireApproval || life.ApprovedBy is not null) => StepKind.Start,
            ExperimentState.Running or ExperimentState.Paused when schedule?.End <= now => StepKind.End,
            ExperimentState.Running when IsRampDue(record, now) => StepKind.Ramp,
            _ => null,
        };
    }

    private static bool IsRampDue(ExperimentRecord record, DateTimeOffset now)
    {
        var (ramp, life) = (record.Definition.Ramp, record.Lifecycle);
        return life is { RampStep: { } step, RampStepMs: { } takenMs, RampHeld: null, Pending: null }
            && step + 1 < ramp.Count
            && now >= DateTimeOffset.FromUnixTimeMilliseconds(takenMs).AddHours(ramp[step].HoldHours);
    }

    private Edit OnRecord(string action, Func<Lifecycle, EditMoment, Lifecycle> change) => Unless(new Edit(action, Actor, (set, moment) =>
        set.With(set.Experiments[Id].Value with { Lifecycle = change(set.Experiments[Id].Value.Lifecycle, moment) })));

    /// <summary>Nothing, when somebody else was here since.</summary>
    private Edit Unless(Edit edit) => edit with { Apply = (set, moment) => set.Experiments.GetValueOrDefault(Id)?.Version == Version ? edit.Apply(set, moment) : set };
}
