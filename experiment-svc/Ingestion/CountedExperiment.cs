using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What of an experiment counts.</summary>
/// <param name="Id">The experiment.</param>
/// <param name="Arms">Known ones.</param>
/// <param name="UntilMs">Its end or its decision, whichever came first: from then on users no longer meet what is compared. Inclusive.</param>
/// <param name="DecidedEpoch">Exposures of this epoch and later ones are to the arm everybody got.</param>
/// <param name="IsSealed">Raw rows are gone; the sums stay as they are.</param>
/// <param name="JoinsSessions">A guest's session and the user who logs in on it are one person; not where sessions alone are randomised.</param>
/// <param name="Metrics">All of the table, as this experiment counts them.</param>
/// <param name="Rules">Text of all that contributions depend on beside the events; another text means that they are to be counted anew.</param>
/// <param name="HeldRules">The text by which they were counted last.</param>
/// <param name="Control">Of an interleaved experiment: the arm that the other's items are held against. Null for all others.</param>
internal sealed record CountedExperiment(
    string Id, IReadOnlyCollection<string> Arms, long UntilMs, long DecidedEpoch, bool IsSealed, bool JoinsSessions, IReadOnlyList<MetricDefinition> Metrics, string Rules, string? HeldRules,
    string? Control = null)
{
    public bool IsStale => !IsSealed && Rules != HeldRules;

    public bool Counts(UnitExposure exposure) => exposure.AtMs <= UntilMs && exposure.Epoch < DecidedEpoch;

    public static string RulesText(long untilMs, long decidedEpoch, bool joins, IEnumerable<MetricDefinition> counted, string? control, ExclusionRules exclusions, IngestionOptions options)
    {
        var metrics = counted.Select(static metric => $"{metric.Name}/{metric.Kind}/{metric.Numerator}/{metric.Denominator}/{metric.Window.TotalMilliseconds}/{metric.CapMicros}/{metric.HasCovariate}");
        return Outcome.Hash($"{untilMs}|{decidedEpoch}|{joins}|{exclusions.Text}|{options.MostEvents}|{options.LookBack.TotalMilliseconds}|{string.Join(',', metrics)}|{string.Join(',', DimensionTable.Names)}|shown|moved{(control is null ? "" : $"|{control}")}").ToString("x16");
    }
}
