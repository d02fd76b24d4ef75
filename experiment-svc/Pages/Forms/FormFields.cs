using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>The texts of a form: of an experiment, of a rule, or as somebody typed them.</summary>
public sealed class FormFields
{
    public const int LeastArms = 2;
    public const int MostArms = 8;
    public const int Metrics = 5;
    public const int Rules = 4;
    public const int RampSteps = 6;

    private readonly Dictionary<string, string> _texts;
    private Dictionary<string, string> _faults = [];

    private FormFields(Dictionary<string, string> texts) => _texts = texts;

    public string this[string name] => _texts.GetValueOrDefault(name, "");

    /// <summary>A field that has just been added, where typing goes on; null for none.</summary>
    public string? NewField { get; private init; }

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public string? FaultOf(string name) => _faults.GetValueOrDefault(name);

    /// <summary>The same texts with what is wrong with them.</summary>
    public FormFields With(IEnumerable<FormFault> faults) =>
        new(_texts) { _faults = faults.Where(static fault => fault.Field is not null).GroupBy(static fault => fault.Field!, StringComparer.Ordinal).ToDictionary(static field => field.Key, static field => string.Join(" ", field.Select(static fault => fault.Text)), StringComparer.Ordinal) };

    /// <summary>The same texts with a row more for an arm.</summary>
    public FormFields WithArm() => new(new Dictionary<string, string>(_texts, StringComparer.Ordinal) { ["arms"] = Math.Min(MostArms, Arms + 1).ToString() }) { NewField = $"arm.{Math.Min(MostArms - 1, Arms)}.id" };

    /// <summary>Whether any field of some rows says something or is wrong.</summary>
    public bool SaysAny(string row, string field, int from, int most) =>
        Enumerable.Range(from, Math.Max(0, most - from)).Any(i => this[$"{row}.{i}.{field}"].Length > 0 || _faults.Keys.Any(name => name.StartsWith($"{row}.{i}.", StringComparison.Ordinal)));

    /// <summary>Rows that are shown: those that say something, and as many as were asked for.</summary>
    public int Arms => int.TryParse(this["arms"], out var asked) ? Math.Clamp(asked, LeastArms, MostArms) : LeastArms;

    internal static FormFields Of(Dictionary<string, string> texts) => new(texts);

    internal static FormFields Of(SentForm form) => new(form.Typed.ToDictionary(static field => field.Key, static field => field.Value.ToString(), StringComparer.Ordinal));

    public static FormFields Of(DefinedExperiment experiment)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = experiment.Id, ["layer"] = experiment.Layer, ["hypothesis"] = experiment.Hypothesis, ["owner"] = experiment.Owner, ["traffic"] = Shown.Field(experiment.Traffic * 100),
            ["arms"] = Math.Max(LeastArms, experiment.Arms.Count).ToString(),
            ["days"] = Shown.Field(experiment.Horizon?.Days), ["units"] = experiment.Horizon?.Units?.ToString() ?? "", ["mode"] = experiment.Decisions?.Mode ?? "",
            ["start"] = Moments.Field(experiment.Schedule?.Start), ["end"] = Moments.Field(experiment.Schedule?.End),
        };
        foreach (var (i, arm) in experiment.Arms.Index())
            Add(texts, i, arm);
        foreach (var (i, metric) in experiment.Metrics.Take(Metrics).Index())
        {
            (texts[$"metric.{i}.name"], texts[$"metric.{i}.role"]) = (metric.Name, metric.Role);
            (texts[$"metric.{i}.baseline"], texts[$"metric.{i}.effect"]) = (Shown.Field(metric.Baseline * 100), Shown.Field(metric.MinimumEffect * 100));
            texts[$"metric.{i}.margin"] = Shown.Field(metric.Margin * 100);
        }

        AudienceTexts.Write(experiment.Audience, texts);
        foreach (var (i, step) in experiment.Ramp.Take(RampSteps).Index())
            (texts[$"ramp.{i}.traffic"], texts[$"ramp.{i}.hours"]) = (Shown.Field(step.Traffic * 100), Shown.Field(step.HoldHours));
        return new FormFields(texts);
    }

    private static void Add(Dictionary<string, string> texts, int i, DefinedArm arm)
    {
        (texts[$"arm.{i}.id"], texts[$"arm.{i}.share"]) = (arm.Id, Shown.Field(arm.Share * 100));
        if (arm.Control)
            texts["control"] = i.ToString();
        foreach (var rule in ParameterSchema.Rules)
            texts[$"arm.{i}.{rule.Name}"] = rule.Read(arm.Parameters) ?? "";
    }
}
