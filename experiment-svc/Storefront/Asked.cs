namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>What the gateway answered, or why a panel stays empty.</summary>
/// <param name="Value">Null when there is none.</param>
/// <param name="Problem">In words for people; null when all is well.</param>
/// <param name="Status">HTTP status of a refusal; null when nobody answered.</param>
public sealed record Asked<T>(T? Value, string? Problem = null, int? Status = null)
    where T : class;
