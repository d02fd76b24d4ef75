using System.Text.Json;
using System.Text.Json.Nodes;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>A form's texts as an experiment. What the form has no field for stays as it was.</summary>
internal sealed class FormReading(FormFields texts, DefinedExperiment before)
{
    private readonly FieldReading _fields = new(texts);

    public IReadOnlyList<InputFault> Faults => _fields.Faults;

    public IReadOnlyList<FormFault> Placed => _fields.Placed;

    public DefinedExperiment Read() => before with
    {
        Id = _fields["id"].Trim(),
        Layer = _fields["layer"],
        Hypothesis = _fields["hypothesis"].Trim(),
        Owner = _fields["owner"].Trim(),
        Traffic = _fields.Share("traffic", "Traffic") ?? 1,
        Arms = [.. Enumerable.Range(0, FormFields.MostArms).Where(i => _fields.Says($"arm.{i}.id")).Select(ArmOf)],
        Metrics = [.. Enumerable.Range(0, FormFields.Metrics).Where(i => _fields.Says($"metric.{i}.name")).Select(MetricOf)],
        Audience = AudienceTexts.Read(_fields, before.Audience),
        Ramp = [.. Enumerable.Range(0, FormFields.RampSteps).Where(i => _fields.Says($"ramp.{i}.traffic")).Select(StepOf)],
        Horizon = _fields.Says("days") || _fields.Says("units") ? new PlannedHorizon { Days = _fields.Number("days", "Days", "14"), Units = _fields.Whole("units", "Users", "120000") } : null,
        Schedule = _fields.Says("start") || _fields.Says("end") ? new PlannedSchedule { Start = _fields.Moment("start", "Start"), End = _fields.Moment("end", "End") } : null,
        Decisions = _fields.Says("mode") ? (before.Decisions ?? new PlannedDecisions()) with { Mode = _fields["mode"] } : before.Decisions,
    };

    private DefinedArm ArmOf(int i)
    {
        var id = _fields[$"arm.{i}.id"].Trim();
        var parameters = ArmText.JsonOf(before.Arms.FirstOrDefault(arm => arm.Id == id)?.Parameters ?? new ArmParameters());
        foreach (var rule in ParameterSchema.Rules)
            parameters[rule.Name] = _fields.Says($"arm.{i}.{rule.Name}") ? _fields[$"arm.{i}.{rule.Name}"] : null;
        var arm = new JsonObject { ["id"] = id, ["parameters"] = parameters.DeepClone() };
        return ((DefinedArm)arm.Deserialize(DefinitionJson.Default.Options.GetTypeInfo(typeof(DefinedArm)))!) with
        {
            Control = _fields["control"] == i.ToString(), Share = _fields.Share($"arm.{i}.share", $"Share of {id}") ?? 0,
        };
    }

    private DefinedMetric MetricOf(int i)
    {
        var name = _fields[$"metric.{i}.name"];
        return (before.Metrics.FirstOrDefault(metric => metric.Name == name) ?? new DefinedMetric()) with
        {
            Name = name, Role = _fields[$"metric.{i}.role"], Baseline = _fields.Part($"metric.{i}.baseline", "Baseline"), MinimumEffect = _fields.Part($"metric.{i}.effect", "Smallest change"),
            Margin = _fields.Part($"metric.{i}.margin", "Margin"),
        };
    }

    private RampStep StepOf(int i)
    {
        var traffic = _fields.Share($"ramp.{i}.traffic", "Ramp") ?? 0;
        return (before.Ramp.FirstOrDefault(step => step.Traffic == traffic) ?? new RampStep()) with { Traffic = traffic, HoldHours = _fields.Number($"ramp.{i}.hours", "Hours", "24") ?? 24 };
    }
}
