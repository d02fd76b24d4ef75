namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// The mixture sequential probability ratio test of a mean with known variance (Johari, Koomen, Pekelis and Walsh, Peeking at A/B Tests, KDD 2017): the likelihood
/// ratio averaged over effects of N(0, τ²).
/// </summary>
/// <param name="Units">Pairs of observations.</param>
/// <param name="Variance">Of one of them.</param>
/// <param name="Tau">Standard deviation of the effects that are looked for.</param>
internal readonly record struct MixtureRatio(double Units, double Variance, double Tau)
{
    /// <summary>Of a mean at this distance from the hypothesis.</summary>
    public double LogRatio(double distance)
    {
        var spread = Variance + (Units * Tau * Tau);
        return (Math.Log(Variance / spread) / 2) + (Units * Units * Tau * Tau * distance * distance / (2 * Variance * spread));
    }

    /// <summary>At this look alone; the always-valid one is the smallest of all looks so far.</summary>
    public double PValue(double distance) => Math.Min(1, Math.Exp(-LogRatio(distance)));
}
