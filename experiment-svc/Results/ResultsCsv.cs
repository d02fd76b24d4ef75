using System.Globalization;
using System.Text;
using Splitrail.ExperimentSvc.Results.Shown;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Results as a table: a row per metric and treatment. Ids have no character that a CSV file would have to quote.</summary>
internal static class ResultsCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const string Header =
        "experiment,metric,role,arm,users,control_users,value,control_value,difference,difference_low,difference_high,lift,lift_low,lift_high,anytime_low,anytime_high,"
        + "p_value,adjusted_p_value,z,boundary,chance_to_win,expected_loss,not_yet";

    public static string Of(ResultsView results)
    {
        var csv = new StringBuilder(Header).Append('\n');
        Append(csv, "", results.Id, results.Metrics);
        Append(csv, results, "catalogue_coverage", static arm => arm.ComparedCoverage);
        Append(csv, results, "category_entropy", static arm => arm.CategoryEntropy);
        return csv.ToString();
    }

    /// <summary>The same rows, with the segment before them.</summary>
    public static string Of(DimensionView results)
    {
        var csv = new StringBuilder("dimension,segment,").Append(Header).Append('\n');
        foreach (var segment in results.Segments)
            Append(csv, $"{results.Dimension},{segment.Value},", results.Id, segment.Metrics);
        return csv.ToString();
    }

    private static void Append(StringBuilder csv, string before, string experiment, IEnumerable<MetricResult> metrics)
    {
        foreach (var metric in metrics)
        {
            foreach (var arm in metric.Arms)
                csv.Append(before).Append(Row(experiment, metric, arm)).Append('\n');
            if (metric.NotYet is { } reason)
                csv.Append(CultureInfo.InvariantCulture, $"{before}{experiment},{metric.Name},{metric.Role},,,,,,,,,,,,,,,,,,,,{reason.Reason}\n");
        }
    }

    /// <summary>What is of arms as a whole has no interval.</summary>
    private static void Append(StringBuilder csv, ResultsView results, string name, Func<ArmShown, double?> valueOf)
    {
        if (results.Shown.Arms.Count == 0)
            return;
        var arms = results.Arms.Zip(results.Shown.Arms).ToArray();
        var (control, shown) = arms.First(static pair => pair.First.Control);
        foreach (var (arm, its) in arms.Where(static pair => !pair.First.Control))
        {
            var (value, controlValue) = (valueOf(its), valueOf(shown));
            var reason = value is null || controlValue is null ? results.Shown.NotYet?.Reason ?? "no_categories" : "";
            csv.Append(CultureInfo.InvariantCulture, $"{results.Id},{name},view,{arm.Id},{arm.Users},{control.Users},{value:R},{controlValue:R},{value - controlValue:R},,,,,,,,,,,,,,{reason}\n");
        }
    }

    private static string Row(string experiment, MetricResult metric, ArmResult arm) => string.Join(
        ',',
        [
            experiment, metric.Name, metric.Role, arm.Arm, arm.Users.ToString(CultureInfo.InvariantCulture), arm.ControlUsers.ToString(CultureInfo.InvariantCulture),
            .. new[]
            {
                arm.Value, arm.ControlValue, arm.Difference?.Value, arm.Difference?.Low, arm.Difference?.High, arm.Lift?.Value, arm.Lift?.Low, arm.Lift?.High, arm.Anytime?.Low, arm.Anytime?.High,
                arm.PValue, arm.AdjustedPValue, arm.Z, arm.Boundary, arm.ChanceToWin, arm.ExpectedLoss,
            }.Select(static number => number?.ToString("R", CultureInfo.InvariantCulture) ?? ""),
            arm.NotYet?.Reason ?? "",
        ]);
}
