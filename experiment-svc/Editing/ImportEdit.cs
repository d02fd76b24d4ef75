using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Editing;

/// <summary>A whole file of definitions as one edit: all of it or nothing.</summary>
internal static class ImportEdit
{
    /// <param name="file">The file.</param>
    /// <param name="actor">Who.</param>
    /// <param name="follows">The file is the truth: what it no longer names stops running.</param>
    public static Edit Of(DefinitionFile file, string actor, bool follows = false) => new("import", actor, (set, moment) =>
    {
        var faults = FaultsOf(file);
        if (faults.Count > 0)
            return Refusal.Bad(faults);
        var next = file.Flags.Count > 0 ? set with { Flags = set.Flags with { Value = SettingEdits.Sorted(file.Flags) } } : set;
        if (file.Holdout is { } holdout)
            next = next with { Holdout = next.Holdout with { Value = holdout } };
        foreach (var layer in file.Layers)
            next = next.With(new DefinedLayer { Id = layer.Id, Seed = layer.Seed, Hash = layer.Hash, Unit = layer.Unit, Holdout = layer.Holdout });
        foreach (var (experiment, layer) in file.Layers.SelectMany(static layer => layer.Experiments.Select(experiment => (experiment, layer))))
        {
            var result = Take(next, experiment, layer.Id, actor, moment);
            if (result.Next is null)
                return result;
            next = result.Next;
        }

        return follows ? WithoutTheUnnamed(next, file) : next;
    });

    public static IReadOnlyList<Input.InputFault> FaultsOf(DefinitionFile file)
    {
        var faults = new Faults();
        LayerRules.Check(file.Flags, "flags", faults);
        if (file.Holdout is { } holdout)
            LayerRules.Check(holdout, "holdout.", faults);
        if (!faults.List("layers", file.Layers, 1000))
            return faults.All;
        faults.Unique("layers[].id", file.Layers.Select(static layer => layer.Id));
        for (var i = 0; i < file.Layers.Count; i++)
            Check(file.Layers[i], $"layers[{i}].", faults);
        // Across layers too: exposures name the experiment alone.
        faults.Unique("layers[].experiments[].id", file.Layers.SelectMany(static layer => layer.Experiments ?? []).OfType<FiledExperiment>().Select(static experiment => experiment.Id));
        return faults.All;
    }

    private static void Check(FiledLayer layer, string at, Faults faults)
    {
        LayerRules.Check(layer, at, faults);
        if (!faults.List($"{at}experiments", layer.Experiments, 1000))
            return;
        for (var i = 0; i < layer.Experiments.Count; i++)
        {
            var experiment = layer.Experiments[i];
            var member = $"{at}experiments[{i}].";
            if (experiment.WantedState is null)
                faults.Add($"{member}state", experiment.State, $"must be one of {string.Join(", ", FiledExperiment.States)}");
            if (experiment.Layer.Length > 0 && experiment.Layer != layer.Id)
                faults.Add($"{member}layer", experiment.Layer, $"must be left out, or name the layer it is written in: '{layer.Id}'");
            ExperimentRules.Check(Definition(experiment, layer.Id), member, faults);
        }
    }

    private static EditResult Take(DefinitionSet set, FiledExperiment filed, string layer, string actor, EditMoment moment)
    {
        var state = filed.WantedState!.Value;
        var wanted = Definition(filed, layer);
        var known = set.Experiments.GetValueOrDefault(filed.Id)?.Value;
        if (wanted.Owner.Length == 0)
            wanted = wanted with { Owner = known?.Definition.Owner ?? actor };
        var record = known ?? new ExperimentRecord(wanted, new Lifecycle());
        if (known is not null && !StateMachine.CanReach(known.State, state))
        {
            return new Refusal(
                StatusCodes.Status409Conflict,
                "Not possible now",
                $"Experiment '{filed.Id}' is {known.State.NameOf()}: it cannot become {filed.State} again. Give the new one another id, or write {known.State.NameOf()}.");
        }

        if (known is not null && !StateMachine.CanEdit(known.State))
            return set.With(record.With(state));
        record = ExperimentEdits.Apply(record, wanted, actor);
        return set.With(record with { Lifecycle = Moved(record, state, moment.NowMs) });
    }

    private static Lifecycle Moved(ExperimentRecord record, ExperimentState state, long nowMs)
    {
        var life = record.Lifecycle with { State = state };
        if (state is ExperimentState.Running && record.Lifecycle.StartedMs is null)
        {
            var ramps = record.Definition.Ramp.Count > 0;
            life = life with { StartedMs = nowMs, RampStep = ramps ? 0 : null, RampStepMs = ramps ? nowMs : null };
        }

        return state is ExperimentState.Ended && life.EndedMs is null ? life with { EndedMs = nowMs } : life;
    }

    private static DefinitionSet WithoutTheUnnamed(DefinitionSet set, DefinitionFile file)
    {
        var named = file.Layers.SelectMany(static layer => layer.Experiments).Select(static experiment => experiment.Id).ToHashSet(StringComparer.Ordinal);
        return set.Records.Where(record => record.IsRunning && !named.Contains(record.Id)).Aggregate(set, static (next, record) => next.With(record.With(ExperimentState.Paused)));
    }

    private static DefinedExperiment Definition(FiledExperiment filed, string layer) => ExperimentRules.Completed(filed with { Layer = layer });
}
