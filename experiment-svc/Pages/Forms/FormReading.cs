using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>A form's texts as a definition. What the form has no field for stays as it was; what cannot be read is a fault, and all faults are told at once.</summary>
internal sealed class FormReading(FormFields fields, DefinedExperiment before)
{
    private readonly List<InputFault> _faults = [];

    public IReadOnlyList<InputFault> Faults => _faults;

    public DefinedExperiment Read() => before with
    {
        Id = fields["id"].Trim(),
        Layer = fields["layer"],
        Hypothesis = fields["hypothesis"].Trim(),
        Owner = fields["owner"].Trim(),
        Traffic = Share("traffic", "Traffic") ?? 1,
        Arms = [.. Enumerable.Range(0, FormFields.MostArms).Where(i => Says($"arm.{i}.id")).Select(ArmOf)],
        Metrics = [.. Enumerable.Range(0, FormFields.Metrics).Where(i => Says($"metric.{i}.name")).Select(MetricOf)],
        Audience = [.. Enumerable.Range(0, FormFields.Rules).Where(i => Says($"rule.{i}.attribute")).Select(RuleOf)],
        Ramp = [.. Enumerable.Range(0, FormFields.RampSteps).Where(i => Says($"ramp.{i}.traffic")).Select(StepOf)],
        Horizon = Says("days") || Says("units") ? new PlannedHorizon { Days = Number("days", "Days"), Units = Whole("units", "Users") } : null,
        Schedule = Says("start") || Says("end") ? new PlannedSchedule { Start = Moment("start", "Start"), End = Moment("end", "End") } : null,
        Decisions = Says("mode") ? (before.Decisions ?? new PlannedDecisions()) with { Mode = fields["mode"] } : before.Decisions,
    };

    private bool Says(string name) => !string.IsNullOrWhiteSpace(fields[name]);

    private DefinedArm ArmOf(int i)
    {
        var id = fields[$"arm.{i}.id"].Trim();
        var parameters = ArmText.JsonOf(before.Arms.FirstOrDefault(arm => arm.Id == id)?.Parameters ?? new ArmParameters());
        foreach (var rule in ParameterSchema.Rules)
            parameters[rule.Name] = Says($"arm.{i}.{rule.Name}") ? fields[$"arm.{i}.{rule.Name}"] : null;
        var arm = new JsonObject { ["id"] = id, ["parameters"] = parameters.DeepClone() };
        return ((DefinedArm)arm.Deserialize(DefinitionJson.Default.Options.GetTypeInfo(typeof(DefinedArm)))!) with { Control = fields["control"] == i.ToString(), Share = Share($"arm.{i}.share", $"Share of {id}") ?? 0 };
    }

    private DefinedMetric MetricOf(int i)
    {
        var name = fields[$"metric.{i}.name"];
        return (before.Metrics.FirstOrDefault(metric => metric.Name == name) ?? new DefinedMetric()) with
        {
            Name = name, Role = fields[$"metric.{i}.role"], Baseline = Part($"metric.{i}.baseline", "Baseline"), MinimumEffect = Part($"metric.{i}.effect", "Smallest change"),
            Margin = Part($"metric.{i}.margin", "Margin"),
        };
    }

    private AudienceRule RuleOf(int i) => new(
        fields[$"rule.{i}.attribute"], fields[$"rule.{i}.operator"], fields[$"rule.{i}.values"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private RampStep StepOf(int i)
    {
        var traffic = Share($"ramp.{i}.traffic", "Ramp") ?? 0;
        return (before.Ramp.FirstOrDefault(step => step.Traffic == traffic) ?? new RampStep()) with { Traffic = traffic, HoldHours = Number($"ramp.{i}.hours", "Hours") ?? 24 };
    }

    private double? Share(string name, string what) => Says(name) ? Percent.Read(fields[name]) ?? Fault(name, what, "must be a percentage from 0 to 100, such as 50") : null;

    private double? Part(string name, string what) => Says(name) ? Percent.ReadAny(fields[name]) ?? Fault(name, what, "must be a percentage, such as 5") : null;

    private double? Number(string name, string what) => !Says(name) ? null
        : double.TryParse(fields[name].Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : Fault(name, what, "must be a number, such as 14");

    private long? Whole(string name, string what)
    {
        if (!Says(name))
            return null;
        if (long.TryParse(fields[name], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
            return number;
        Fault(name, what, "must be a whole number, such as 120000");
        return null;
    }

    private DateTimeOffset? Moment(string name, string what)
    {
        if (!Says(name))
            return null;
        if (Moments.Read(fields[name]) is { } at)
            return at;
        Fault(name, what, "must be a date and time, such as 2026-03-01T08:00");
        return null;
    }

    private double? Fault(string name, string what, string rule)
    {
        _faults.Add(new InputFault(what, fields[name], rule));
        return null;
    }
}
