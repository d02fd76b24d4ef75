namespace Splitrail.ExperimentSvc.Inference;

/// <summary>Which number of the users' a metric is.</summary>
internal enum MetricKind
{
    /// <summary>Share of users with a 1, the others having a 0.</summary>
    Proportion,

    /// <summary>Mean of a number per user.</summary>
    Mean,

    /// <summary>Σ numerator / Σ denominator over users.</summary>
    Ratio,

    /// <summary>A quantile of a histogram's values.</summary>
    Quantile,
}

/// <summary>What a metric is for.</summary>
internal enum MetricRole
{
    /// <summary>Promotes, and rolls back.</summary>
    Goal,

    /// <summary>Is shown.</summary>
    Secondary,

    /// <summary>Rolls back, and keeps from promoting.</summary>
    Guardrail,
}

/// <summary>Which change is an improvement.</summary>
internal enum MetricDirection
{
    Up,
    Down,
}
