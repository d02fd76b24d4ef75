using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Definitions;

/// <summary>What definitions must be, checked as a whole: nothing of a file with a fault is published.</summary>
internal static class DefinitionRules
{
    public const double ShareTolerance = 1e-6;
    public const int MaxIdLength = 64;

    private static readonly System.Buffers.SearchValues<char> s_idCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly string[] s_flags = [FlagNames.PersonalCandidates, FlagNames.Ranking, FlagNames.Caching, FlagNames.Search];

    public static IReadOnlyList<string> FaultsOf(DefinitionFile file)
    {
        var faults = new List<string>();
        foreach (var flag in file.Flags.Keys.Where(static flag => !s_flags.Contains(flag)))
            faults.Add($"Flag {BadInput.Show(flag)} is unknown: use {string.Join(", ", s_flags)}.");
        Unique("Layer", file.Layers.Select(static layer => layer.Id), faults);
        // Across layers too: exposures name the experiment alone.
        Unique("Experiment", file.Layers.SelectMany(static layer => layer.Experiments).Select(static experiment => experiment.Id), faults);
        foreach (var layer in file.Layers)
            Check(layer, faults);
        return faults;
    }

    private static void Check(DefinedLayer layer, List<string> faults)
    {
        var name = $"Layer {BadInput.Show(layer.Id)}";
        Id(name, layer.Id, faults);
        if (layer.Seed.Length is 0 or > MaxIdLength)
            faults.Add($"{name} has the seed {BadInput.Show(layer.Seed)}: give a text of 1 to {MaxIdLength} characters, and keep it: another one deals all users anew.");
        var traffic = layer.Experiments.Where(static experiment => experiment.IsRunning).Sum(static experiment => experiment.Traffic);
        if (traffic > 1 + ShareTolerance)
            faults.Add($"{name} has running experiments with a traffic of {Number(traffic)} together: lower them to 1 in sum, or put one into a layer of its own.");
        foreach (var experiment in layer.Experiments)
            Check(experiment, faults);
    }

    private static void Check(DefinedExperiment experiment, List<string> faults)
    {
        var name = $"Experiment {BadInput.Show(experiment.Id)}";
        Id(name, experiment.Id, faults);
        if (!ExperimentStates.All.Contains(experiment.State))
            faults.Add($"{name} has the state {BadInput.Show(experiment.State)}: use {string.Join(", ", ExperimentStates.All)}.");
        if (string.IsNullOrWhiteSpace(experiment.Hypothesis))
            faults.Add($"{name} has no hypothesis: say in a sentence what it is meant to show.");
        if (!(experiment.Traffic is > 0 and <= 1))
            faults.Add($"{name} has a traffic of {Number(experiment.Traffic)}: give a number above 0 and up to 1.");
        CheckArms(name, experiment.Arms, faults);
    }

    private static void CheckArms(string name, IReadOnlyList<DefinedArm> arms, List<string> faults)
    {
        if (arms.Count < 2)
            faults.Add($"{name} has {arms.Count} arms: give at least two, or there is nothing to compare.");
        Unique($"{name}: arm", arms.Select(static arm => arm.Id), faults);
        var controls = arms.Count(static arm => arm.Control);
        if (controls != 1)
            faults.Add($"{name} has {controls} controls: mark exactly one arm with \"control\": true.");
        foreach (var arm in arms)
            Check($"{name}: arm {BadInput.Show(arm.Id)}", arm, faults);
        var sum = arms.Sum(static arm => arm.Share);
        if (arms.Count > 0 && !(Math.Abs(sum - 1) <= ShareTolerance))
            faults.Add($"{name} has shares of {string.Join(" + ", arms.Select(static arm => Number(arm.Share)))} = {Number(sum)}: change them to sum to 1.");
    }

    private static void Check(string name, DefinedArm arm, List<string> faults)
    {
        Id(name, arm.Id, faults);
        if (!(arm.Share is >= 0 and <= 1))
            faults.Add($"{name} has a share of {Number(arm.Share)}: give a number from 0 to 1.");
        Parameter(name, "mix", arm.Parameters.Mix, faults);
        Parameter(name, "ranker", arm.Parameters.Ranker, faults);
    }

    private static void Parameter(string name, string parameter, string? value, List<string> faults)
    {
        if (value is not null && !IsId(value))
            faults.Add($"{name} has the {parameter} {BadInput.Show(value)}: name a policy with 1 to {MaxIdLength} characters of a-z, 0-9, '-' and '_', or leave it out for the default.");
    }

    private static void Id(string name, string id, List<string> faults)
    {
        if (!IsId(id))
            faults.Add($"{name} has a bad id: use 1 to {MaxIdLength} characters of a-z, 0-9, '-' and '_'.");
    }

    private static bool IsId(string id) => id.Length is > 0 and <= MaxIdLength && !id.AsSpan().ContainsAnyExcept(s_idCharacters);

    private static void Unique(string kind, IEnumerable<string> ids, List<string> faults)
    {
        foreach (var twice in ids.GroupBy(static id => id, StringComparer.Ordinal).Where(static same => same.Count() > 1))
            faults.Add($"{kind} id {BadInput.Show(twice.Key)} is used {twice.Count()} times: give each its own.");
    }

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
