namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>Why a statistic cannot be computed from what there is so far.</summary>
internal enum NotYet
{
    /// <summary>An arm has no users.</summary>
    NoUsers,

    /// <summary>An arm has one user: a variance needs two.</summary>
    OneUser,

    /// <summary>All users of both arms have the same value.</summary>
    NoVariance,

    /// <summary>The control's value is 0, and nothing is relative to that.</summary>
    NoBaseline,

    /// <summary>A ratio's denominator is 0.</summary>
    NoDenominator,

    /// <summary>Fewer users than the interval needs on one side.</summary>
    TooFew,

    /// <summary>Sums so large that doubles overflow.</summary>
    OutOfRange,
}
