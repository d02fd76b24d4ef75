using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.ExperimentSvc.Ingestion;

namespace Splitrail.ExperimentSvc.Impressions;

/// <summary>What a served list must be to be kept.</summary>
internal static class ImpressionRules
{
    private const int MostItems = 500;
    private const int MostFeatureBytes = 4096;
    private static readonly TimeSpan s_ahead = TimeSpan.FromDays(1);

    /// <summary>Why it is refused; null when it is good.</summary>
    public static IntakeFault? FaultOf(Impression? one, DateTimeOffset now)
    {
        if (one?.Items is null || one.Arms is null)
            return new(QualityReasons.Unreadable, "a served list needs items and arms");
        if (one.TimestampMs < 0)
            return new(QualityReasons.BadTime, $"timestamp_ms {one.TimestampMs} is before 1970");
        if (one.TimestampMs > (now + s_ahead).ToUnixTimeMilliseconds())
            return new(QualityReasons.FromTheFuture, $"timestamp_ms {one.TimestampMs} is more than a day ahead");
        if (one.Items.Count is < 1 or > MostItems)
            return new(QualityReasons.OutOfRange, $"a list of {one.Items.Count} items: give 1 to {MostItems}");
        return Unit("unit", one.Unit, one.UnitKind) ?? Id("request_id", one.RequestId) ?? one.Items.Select(FaultOf).FirstOrDefault(static fault => fault is not null) ?? FaultOfTeams(one);
    }

    private static IntakeFault? FaultOf(ImpressionItem? item) => item switch
    {
        null => new(QualityReasons.Unreadable, "an item is null"),
        { Position: < 1 or > 1000 } => new(QualityReasons.OutOfRange, $"position {item.Position} is not from 1 to 1000"),
        { Propensity: not (> 0 and <= 1) } => new(QualityReasons.BadAssignment, $"propensity {item.Propensity} is not above 0 and up to 1"),
        { Score: not (null or >= 0 and <= 1) } => new(QualityReasons.OutOfRange, $"score {item.Score} is no probability"),
        { Features.Length: > MostFeatureBytes } => new(QualityReasons.TooLarge, $"{item.Features.Length} bytes of features are more than {MostFeatureBytes}"),
        _ => Id("item_id", item.ItemId) ?? (item.Team is null ? null : Id("team", item.Team)),
    };

    private static IntakeFault? FaultOfTeams(Impression one) => one.Interleaving is not { } teams
        ? null
        : Id("experiment", teams.Experiment) ?? Unit("interleaving.unit", teams.Unit, teams.UnitKind);

    private static IntakeFault? Unit(string name, string? unit, string? kind) =>
        kind is UnitKinds.User or UnitKinds.Session ? Id(name, unit) : new(QualityReasons.BadAssignment, $"the kind of {name} is '{kind}', neither user nor session");

    private static IntakeFault? Id(string name, string? id) => DatasetIds.FaultOf(id) is { } fault ? new(QualityReasons.BadId, $"{name} {fault}") : null;
}
