using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Metrics;

/// <summary>How a metric is made of what is counted of people. Its role is the experiment's business.</summary>
internal sealed record MetricDefinition
{
    public required string Name { get; init; }

    /// <summary>One sentence for owners.</summary>
    public required string Summary { get; init; }

    public required MetricKind Kind { get; init; }

    public required Quantity Numerator { get; init; }

    /// <summary>Of a ratio; null for all others.</summary>
    public Quantity? Denominator { get; init; }

    public MetricDirection Direction { get; init; } = MetricDirection.Up;

    /// <summary>How long after a click a purchase or cart is attributed to it.</summary>
    public TimeSpan Window { get; init; } = DefaultWindow;

    /// <summary>A person's value above it counts as this much (winsorising), in millionths; null for no cap. The cap is fixed beforehand: one taken from the data would differ by arm.</summary>
    public long? CapMicros { get; init; }

    /// <summary>The same number from before the exposure is kept beside it (CUPED).</summary>
    public bool HasCovariate { get; init; }

    /// <summary>Few large values make it lean, so cubes are kept.</summary>
    public bool IsSkewed { get; init; }

    /// <summary>Of a quantile: within (0, 1).</summary>
    public double? Quantile { get; init; }

    /// <summary>Of the answers that were given in an arm, by the gateway's word, and not of people.</summary>
    public bool IsOfAnswers { get; init; }

    /// <summary>It depends on which click a purchase or cart belongs to.</summary>
    public bool IsAttributed => Numerator is Quantity.Carts or Quantity.Purchases or Quantity.Converted or Quantity.AttributedRevenue;

    public static TimeSpan DefaultWindow { get; } = TimeSpan.FromHours(24);
}
