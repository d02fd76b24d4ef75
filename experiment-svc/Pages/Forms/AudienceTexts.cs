using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>Audience rules as the texts of a form: see <see cref="AudienceFields"/>.</summary>
internal static class AudienceTexts
{
    public static void Write(IReadOnlyList<AudienceRule> rules, Dictionary<string, string> texts)
    {
        foreach (var (i, rule) in rules.Take(FormFields.Rules).Index())
            (texts[$"rule.{i}.attribute"], texts[$"rule.{i}.operator"], texts[$"rule.{i}.values"]) = (rule.Attribute, rule.Operator, string.Join(", ", rule.Values));
    }

    /// <param name="fields">What was typed.</param>
    /// <param name="before">Rules beyond those that the form has rows for stay: somebody wrote them by the API.</param>
    public static IReadOnlyList<AudienceRule> Read(FieldReading fields, IReadOnlyList<AudienceRule> before) =>
    [
        .. Enumerable.Range(0, FormFields.Rules).Where(i => fields.Says($"rule.{i}.attribute")).Select(i => new AudienceRule(
            fields[$"rule.{i}.attribute"], fields[$"rule.{i}.operator"], fields[$"rule.{i}.values"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))),
        .. before.Skip(FormFields.Rules),
    ];
}
