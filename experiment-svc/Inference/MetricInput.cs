namespace Splitrail.ExperimentSvc.Inference;

/// <summary>One metric and what was counted of it.</summary>
internal sealed record MetricInput
{
    public required string Name { get; init; }

    public required MetricKind Kind { get; init; }

    public required MetricRole Role { get; init; }

    public MetricDirection Direction { get; init; } = MetricDirection.Up;

    /// <summary>Of a mean or a proportion: the second number of each cell is the same user's from before the exposure (CUPED).</summary>
    public bool HasCovariate { get; init; }

    /// <summary>Of a mean whose few large values make t lean, such as revenue: cells have cubes and skewness is corrected.</summary>
    public bool IsSkewed { get; init; }

    /// <summary>Of <see cref="MetricKind.Quantile"/>: within (0, 1).</summary>
    public double? Quantile { get; init; }

    /// <summary>
    /// Relative worsening that is accepted: 0.02 is 2 %. A guardrail with one is rolled back for once it is worse than that beyond doubt, and promotes only when it is not worse than that
    /// beyond doubt; without one it only must not be worse. A goal's is 0.
    /// </summary>
    public double? Margin { get; init; }

    /// <summary>Relative change worth finding, as planned; null when none was.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>By arm, then by epoch.</summary>
    public required IReadOnlyList<IReadOnlyList<MetricCell>> Cells { get; init; }
}
