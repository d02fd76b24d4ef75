using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.ExperimentSvc.Slots;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>What definitions must be beside each other: layers exist and have room, and no request is asked to follow two experiments in one thing.</summary>
internal static class SetRules
{
    public static Refusal? Check(DefinitionSet set)
    {
        foreach (var record in set.Records)
        {
            if (!set.Layers.ContainsKey(record.Definition.Layer))
                return UnknownLayer(set, record);
        }

        return set.Layers.Values.Select(layer => CheckRoom(set, layer.Value)).FirstOrDefault(static full => full is not null) ?? CheckOverlap(set) ?? LineupRules.Check(set);
    }

    /// <summary>Slots of a layer that are neither held out nor promised to an experiment that runs.</summary>
    public static int FreeSlots(DefinitionSet set, DefinedLayer layer, string? without = null) =>
        SlotMap.Slots - SlotTargets.SlotsOf(layer.Holdout)
        - set.RunningIn(layer.Id).Where(record => record.Id != without).Sum(static record => SlotTargets.SlotsOf(record.TrafficReserved));

    private static Refusal UnknownLayer(DefinitionSet set, ExperimentRecord record)
    {
        var known = set.Layers.Count == 0 ? "there is none yet: create one with POST /v1/layers" : $"known are {string.Join(", ", set.Layers.Keys)}";
        return Refusal.Bad("layer", record.Definition.Layer, $"is no layer; {known}");
    }

    private static Refusal? CheckRoom(DefinitionSet set, DefinedLayer layer)
    {
        if (FreeSlots(set, layer) >= 0)
            return null;
        var wants = set.RunningIn(layer.Id).MaxBy(static record => record.TrafficReserved);
        var free = Math.Max(0, FreeSlots(set, layer, wants?.Id)) / (double)SlotMap.Slots;
        var taken = string.Join(", ", set.RunningIn(layer.Id).Select(static record => $"{record.Id} {Percent(record.TrafficReserved)}"));
        return new Refusal(
            StatusCodes.Status409Conflict,
            "Layer full",
            $"Layer '{layer.Id}' has no room: held out {Percent(layer.Holdout)}; running experiments want {taken}. Beside the others, {Percent(free)} is free for '{wants?.Id}'. "
            + "Lower traffic, holdout or the last step of a ramp, end an experiment, or use another layer.")
        {
            More = new Dictionary<string, object?> { ["layer"] = layer.Id, ["free"] = Math.Round(free, 6) },
        };
    }

    private static Refusal? CheckOverlap(DefinitionSet set)
    {
        ExperimentRecord[] running = [.. set.Records.Where(static record => record.IsRunning)];
        for (var i = 0; i < running.Length; i++)
        {
            for (var j = i + 1; j < running.Length; j++)
            {
                if (Shared(running[i].Definition, running[j].Definition) is { } parameter)
                    return Overlap(running[i].Definition, running[j].Definition, parameter);
            }
        }

        return null;
    }

    /// <summary>A parameter that both set for users that both may have.</summary>
    private static string? Shared(DefinedExperiment one, DefinedExperiment other)
    {
        if (one.Layer == other.Layer || AudienceOverlap.AreDisjoint(one.Audience, other.Audience))
            return null;
        if (one.Type == ExperimentTypes.Interleaving && other.Type == ExperimentTypes.Interleaving)
            return ExperimentTypes.Interleaving;
        return Parameters(one).Intersect(Parameters(other), StringComparer.Ordinal).FirstOrDefault();
    }

    private static IEnumerable<string> Parameters(DefinedExperiment experiment) => experiment.Arms.SelectMany(static arm => ParameterSchema.SetBy(arm.Parameters)).Distinct();

    private static Refusal Overlap(DefinedExperiment one, DefinedExperiment other, string parameter) => new(
        StatusCodes.Status409Conflict,
        "Overlapping audiences",
        $"'{one.Id}' (layer {one.Layer}) and '{other.Id}' (layer {other.Layer}) both set the parameter {parameter} for users that both may have, and a request can follow only one of them. "
        + "Put both into one layer, end one, or give them audiences that share nobody, such as device equals mobile and device equals desktop.")
    {
        More = new Dictionary<string, object?> { ["parameter"] = parameter, ["experiments"] = new[] { one.Id, other.Id } },
    };

    private static string Percent(double part) => $"{Math.Round(part * 100, 4):0.####} %";
}
