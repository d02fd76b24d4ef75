using System.Globalization;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Pages.Forms;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Pages.Merchandising;

/// <summary>A business rule as the texts of a form, and back.</summary>
internal static class RuleFields
{
    public const int Conditions = 5;

    public static FormFields Of(DefinedRule rule)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = rule.Id, ["kind"] = rule.Kind, ["description"] = rule.Description, ["enabled"] = rule.Enabled ? "on" : "", ["priority"] = rule.Priority.ToString(CultureInfo.InvariantCulture),
            ["factor"] = Shown.Field(rule.Factor), ["item"] = rule.ItemId ?? "", ["position"] = rule.Position?.ToString(CultureInfo.InvariantCulture) ?? "", ["share"] = Shown.Field(rule.Share * 100),
            ["from"] = Moments.Field(rule.From), ["until"] = Moments.Field(rule.Until),
        };
        foreach (var (i, condition) in rule.Conditions.Take(Conditions).Index())
            (texts[$"condition.{i}.field"], texts[$"condition.{i}.operator"], texts[$"condition.{i}.values"]) = (condition.Field, condition.Operator, string.Join(", ", condition.Values));
        AudienceTexts.Write(rule.Audience, texts);
        return FormFields.Of(texts);
    }

    /// <param name="texts">What was typed.</param>
    /// <param name="before">Keeps what the form has no field for.</param>
    public static (DefinedRule Wanted, IReadOnlyList<InputFault> Faults) Read(FormFields texts, DefinedRule before)
    {
        var fields = new FieldReading(texts);
        var wanted = before with
        {
            Id = fields["id"].Trim(),
            Kind = fields["kind"],
            Description = fields["description"].Trim(),
            Enabled = fields["enabled"] == "on",
            Priority = fields.Small("priority", "Priority", "10") ?? 0,
            Factor = fields.Number("factor", "Factor", "1.5"),
            ItemId = fields["item"].Trim() is { Length: > 0 } item ? item : null,
            Position = fields.Small("position", "Place", "1"),
            Share = fields.Share("share", "Share"),
            From = fields.Moment("from", "From"),
            Until = fields.Moment("until", "Until"),
            // Rows beyond those of the form stay: somebody wrote them by the API.
            Conditions = [.. Enumerable.Range(0, Conditions).Where(i => fields.Says($"condition.{i}.field")).Select(i => ConditionOf(fields, i)), .. before.Conditions.Skip(Conditions)],
            Audience = AudienceTexts.Read(fields, before.Audience),
        };
        return (wanted, fields.Faults);
    }

    private static ItemCondition ConditionOf(FieldReading fields, int i)
    {
        var (compare, values) = (fields[$"condition.{i}.operator"], fields[$"condition.{i}.values"]);
        return new ItemCondition(
            fields[$"condition.{i}.field"].Trim(), compare,
            compare is ItemOperators.In or ItemOperators.NotIn ? values.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [values.Trim()]);
    }
}
