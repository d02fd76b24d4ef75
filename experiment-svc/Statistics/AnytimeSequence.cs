namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Intervals that hold at all times at once, so that anybody may look whenever he likes: the asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy
/// and Ramdas, Time-uniform central limit theory and asymptotic confidence sequences, Annals of Statistics 2024), a mixture of normals.
/// </summary>
/// <param name="Effect">What there is now.</param>
/// <param name="Units">Of both arms together.</param>
/// <param name="TightestAt">Units of both arms at which the interval is to be the tightest.</param>
internal readonly record struct AnytimeSequence(Effect Effect, long Units, double TightestAt)
{
    /// <summary>Two-sided: misses the truth at any time with a probability of <paramref name="alpha"/> at most.</summary>
    public Interval Interval(double alpha) => Statistics.Interval.Around(Effect.Value, HalfWidth(alpha));

    public double HalfWidth(double alpha)
    {
        var rho = Rho(alpha, TightestAt);
        var spread = (Units * rho * rho) + 1;
        return Effect.StandardError * Math.Sqrt(2 * spread / (Units * rho * rho) * Math.Log(Math.Sqrt(spread) / alpha));
    }

    /// <summary>The truth is never above this, but for a probability of <paramref name="alpha"/>.</summary>
    public double Upper(double alpha) => Effect.Value + OneSidedHalfWidth(alpha);

    /// <summary>The truth is never below this, but for a probability of <paramref name="alpha"/>.</summary>
    public double Lower(double alpha) => Effect.Value - OneSidedHalfWidth(alpha);

    public double OneSidedHalfWidth(double alpha) => Effect.StandardError * OneSidedCritical(Units, TightestAt, alpha);

    /// <summary>The one-sided half width in standard errors, as <see cref="SkewedEffect.IntervalAt"/> takes it.</summary>
    public static double OneSidedCritical(long units, double tightestAt, double alpha)
    {
        var rho = Rho(2 * alpha, tightestAt);
        var spread = (units * rho * rho) + 1;
        return Math.Sqrt(2 * spread / (units * rho * rho) * Math.Log(1 + (Math.Sqrt(spread) / (2 * alpha))));
    }

    /// <summary>Two-sided and valid at any time, with the mixture that is tightest for <paramref name="alpha"/>.</summary>
    public double PValue(double alpha)
    {
        var rho = Rho(alpha, TightestAt);
        var spread = (Units * rho * rho) + 1;
        return Math.Min(1, Math.Sqrt(spread) * Math.Exp(-Effect.T * Effect.T * Units * rho * rho / (2 * spread)));
    }

    /// <summary>The mixture's scale that makes the interval tightest there.</summary>
    public static double Rho(double alpha, double tightestAt)
    {
        var log = -2 * Math.Log(alpha);
        return Math.Sqrt((log + Math.Log(log + 1)) / tightestAt);
    }
}
