using System.Globalization;
using System.Text.RegularExpressions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Pages.Experiments;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <summary>A refusal of the API as faults of a form: each beside the field it is about, by the name that the form gives it.</summary>
internal static partial class FormFaults
{
    private const string SumOfShares = "arms[].share";

    /// <summary>Lists of a definition and the rows that the form has for them: the first text of a row says whether it is used.</summary>
    private static readonly Dictionary<string, (string Row, string First, int Most)> s_rows = new(StringComparer.Ordinal)
    {
        ["arms"] = ("arm", "id", FormFields.MostArms), ["metrics"] = ("metric", "name", FormFields.Metrics), ["audience"] = ("rule", "attribute", FormFields.Rules), ["ramp"] = ("ramp", "traffic", FormFields.RampSteps),
        ["conditions"] = ("condition", "field", Merchandising.RuleFields.Conditions),
    };

    private static readonly Dictionary<string, string> s_fields = new(StringComparer.Ordinal)
    {
        ["minimum_effect"] = "effect", ["hold_hours"] = "hours", ["horizon.days"] = "days", ["horizon.units"] = "units", ["horizon"] = "days", ["schedule.start"] = "start", ["schedule.end"] = "end",
        ["decisions.mode"] = "mode", ["arms"] = "arm.0.id", ["item_id"] = "item", ["Priority"] = "priority", ["Factor"] = "factor", ["Place"] = "position", ["Share"] = "share", ["From"] = "from", ["Until"] = "until",
    };

    private static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal)
    {
        ["id"] = "Id", ["owner"] = "Owner", ["layer"] = "Layer", ["hypothesis"] = "Hypothesis", ["traffic"] = "Of the layer's users", ["share"] = "Share", ["name"] = "Metric", ["role"] = "Role", ["baseline"] = "Baseline",
        ["effect"] = "Smallest change", ["margin"] = "Margin", ["hours"] = "Hours", ["days"] = "Days", ["units"] = "Users", ["start"] = "Start", ["end"] = "End", ["mode"] = "Decisions", ["values"] = "Values",
        ["attribute"] = "Rule", ["field"] = "Field", ["factor"] = "Score times", ["item"] = "Item", ["position"] = "Place", ["priority"] = "Priority", ["from"] = "From", ["until"] = "Until", ["kind"] = "Kind",
    };

    /// <summary>Where the API counts in parts of 1 and the form in percent.</summary>
    private static readonly Dictionary<string, string> s_rules = new(StringComparer.Ordinal)
    {
        ["traffic"] = "must be above 0 and up to 100 %; in a ramp, more than the step before", ["baseline"] = "must be above 0 and below 100 %, or empty", ["effect"] = "must be above 0 %: the smallest change worth finding",
        ["margin"] = "must be from 0 to below 100 %: how much worse is accepted",
    };

    public static IReadOnlyList<FormFault> Of(Refusal refusal, FormFields fields) => refusal.More.GetValueOrDefault("faults") is FaultView[] faults
        ? [.. faults.Select(fault => Of(fault, fields))]
        : [new FormFault(null, ActionWords.Of(refusal))];

    /// <summary>Shares that do not make a whole, as percentages; null for any other fault.</summary>
    public static string? OfShares(FaultView fault) =>
        fault.Member == SumOfShares && SumIn().Match(fault.Value) is { Success: true } found && double.TryParse(found.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var sum)
            ? $"The shares add up to {Shown.Percent(sum)}: they must add up to 100 %."
            : null;

    private static FormFault Of(FaultView fault, FormFields fields)
    {
        if (OfShares(fault) is { } shares)
            return new FormFault("arm.0.share", shares);
        var field = FieldOf(fault.Member, fields);
        if (field is null)
            return new FormFault(null, $"{Shown.Title(fault.Member)} is {fault.Value}: {fault.Rule}.");
        var parts = field.Split('.');
        var label = s_labels.GetValueOrDefault(parts[^1], Shown.Title(parts[^1]));
        var where = parts.Length == 3 ? $" ({parts[0]} {int.Parse(parts[1], CultureInfo.InvariantCulture) + 1})" : "";
        return new FormFault(field, $"{label}{where}: {s_rules.GetValueOrDefault(parts[^1], fault.Rule)}.");
    }

    /// <summary>Null for a member that the form has no field for.</summary>
    private static string? FieldOf(string member, FormFields fields)
    {
        if (Member().Match(member) is not { Success: true } found || !s_rows.TryGetValue(found.Groups["list"].Value, out var row))
            return s_fields.GetValueOrDefault(member) ?? (s_labels.ContainsKey(member) ? member : null);
        var used = Enumerable.Range(0, row.Most).Where(i => fields[$"{row.Row}.{i}.{row.First}"].Length > 0).ToArray();
        if (int.Parse(found.Groups["place"].ValueSpan, CultureInfo.InvariantCulture) is var place && place >= used.Length)
            return null;
        var name = found.Groups["name"].Value is { Length: > 0 } given ? given.Replace("parameters.", "", StringComparison.Ordinal) : row.First;
        return $"{row.Row}.{used[place]}.{s_fields.GetValueOrDefault(name, name)}";
    }

    [GeneratedRegex(@"^(?<list>[a-z]+)\[(?<place>\d{1,4})\](\.(?<name>[a-z_.]+))?$")]
    private static partial Regex Member();

    [GeneratedRegex(@"(?<== )[0-9.]+")]
    private static partial Regex SumIn();
}
