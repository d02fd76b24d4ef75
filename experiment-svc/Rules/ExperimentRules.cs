using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>What an experiment must be by itself; what it must be beside others is in <see cref="SetRules"/>.</summary>
internal static class ExperimentRules
{
    private const int MostArms = 20;
    private const int MostRules = 50;
    private const int MostOverrides = 1000;
    private const int LongestText = 2000;
    private const int LongestName = 128;

    /// <summary>Paths beside <c>/v1/experiments/{id}</c>.</summary>
    private static readonly string[] s_words = ["audit", "decisions", "forget", "import", "impressions", "openapi", "schema", "validate"];

    /// <summary>Shares completed and texts trimmed, so that what is stored is what is meant.</summary>
    public static DefinedExperiment Completed(DefinedExperiment experiment)
    {
        if (experiment.Arms is null || experiment.Arms.Any(static arm => arm is null))
            return experiment;
        if (SplitCompletion.Complete([.. experiment.Arms.Select(static arm => arm.Share)]) is not { } shares)
            return experiment;
        return experiment with { Arms = [.. experiment.Arms.Select((arm, i) => arm with { Share = shares[i] })] };
    }

    public static void Check(DefinedExperiment experiment, string at, Faults faults)
    {
        faults.Id($"{at}id", experiment.Id);
        if (s_words.Contains(experiment.Id))
            faults.Add($"{at}id", experiment.Id, $"is a word of the API; choose another than {string.Join(", ", s_words)}");
        faults.Id($"{at}layer", experiment.Layer);
        faults.Text($"{at}hypothesis", experiment.Hypothesis, LongestText, "in a sentence what the experiment is meant to show");
        if (experiment.Owner is { Length: > LongestName })
            faults.Add($"{at}owner", experiment.Owner, $"must have at most {LongestName} characters");
        if (!(experiment.Traffic is > 0 and <= 1))
            faults.Add($"{at}traffic", experiment.Traffic, "must be a number above 0 and up to 1: the experiment's part of the layer's users");
        CheckArms(experiment, at, faults);
        CheckAudience(experiment.Audience, $"{at}audience", faults);
        CheckOverrides(experiment, at, faults);
        PlanRules.Check(experiment, at, faults);
        TypeRules.Check(experiment, at, faults);
    }

    private static void CheckArms(DefinedExperiment experiment, string at, Faults faults)
    {
        var member = $"{at}arms";
        if (!faults.List(member, experiment.Arms, MostArms))
            return;
        var arms = experiment.Arms;
        if (arms.Count < 2)
            faults.Add(member, arms.Count, "must be two arms or more, or there is nothing to compare");
        for (var i = 0; i < arms.Count; i++)
            CheckArm(arms[i], $"{member}[{i}]", faults);
        faults.Unique($"{member}[].id", arms.Select(static arm => arm.Id));
        var controls = arms.Count(static arm => arm.Control);
        if (controls != 1)
            faults.Add($"{member}[].control", controls, "must be true for exactly one arm");
        if (arms.Count > 0 && arms.All(static arm => arm.Share >= 0) && SplitCompletion.Complete([.. arms.Select(static arm => arm.Share)]) is null)
            faults.Add($"{member}[].share", Sum(arms), "must sum to 1, or to 100 when written as percents");
    }

    private static void CheckArm(DefinedArm arm, string member, Faults faults)
    {
        faults.Id($"{member}.id", arm.Id);
        if (!(arm.Share is >= 0 and <= 100))
            faults.Add($"{member}.share", arm.Share, "must be a number from 0 to 1 (or a percent up to 100)");
        foreach (var rule in ParameterSchema.Rules)
        {
            if (rule.Read(arm.Parameters) is { } value && !rule.Allows(value))
                faults.Add($"{member}.parameters.{rule.Name}", value, $"does not exist: {rule.FixOf(value)}");
        }

        ReRankRules.Check(arm.Parameters, $"{member}.parameters", faults);
        if (arm.Parameters.Model is { } model && !ModelStore.IsVersion(model))
            faults.Add($"{member}.parameters.{ParameterSchema.Model}", model, "must be a version of the model registry (GET /v1/models), or be left out for production");
    }

    private static void CheckAudience(IReadOnlyList<AudienceRule>? audience, string member, Faults faults)
    {
        if (!faults.List(member, audience, MostRules))
            return;
        for (var i = 0; i < audience!.Count; i++)
        {
            if (AudienceRules.FaultOf(audience[i]) is { } fault)
                faults.Add($"{member}[{i}]", $"{audience[i].Attribute} {audience[i].Operator} {string.Join(", ", audience[i].Values ?? [])}", fault.TrimEnd('.'));
        }
    }

    private static void CheckOverrides(DefinedExperiment experiment, string at, Faults faults)
    {
        var member = $"{at}overrides";
        if (!faults.List(member, experiment.Overrides, MostOverrides))
            return;
        for (var i = 0; i < experiment.Overrides.Count; i++)
        {
            var one = experiment.Overrides[i];
            if (DatasetIds.FaultOf(one.Unit) is { } fault)
                faults.Add($"{member}[{i}].unit", one.Unit, fault);
            if (experiment.Arms?.Any(arm => arm?.Id == one.Arm) != true)
                faults.Add($"{member}[{i}].arm", one.Arm, "must be an arm of this experiment");
            ReasonRules.Check(one.Reason, $"{member}[{i}].reason", faults);
        }

        faults.Unique($"{member}[].unit", experiment.Overrides.Select(static one => one.Unit));
    }

    private static string Sum(IReadOnlyList<DefinedArm> arms) =>
        $"{string.Join(" + ", arms.Select(static arm => Faults.Number(arm.Share)))} = {Faults.Number(arms.Sum(static arm => arm.Share))}";
}
