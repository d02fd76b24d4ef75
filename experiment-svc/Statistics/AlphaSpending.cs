namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// How much of alpha may be spent by a given part of the information (Lan and DeMets, Discrete sequential boundaries for clinical trials, Biometrika 1983). Both sides together.
/// </summary>
/// <param name="Name">As options and decisions write it.</param>
/// <param name="Spent">Of (information 0..1, alpha).</param>
internal sealed record AlphaSpending(string Name, Func<double, double, double> Spent)
{
    /// <summary>Nearly nothing early, nearly all of alpha at the end. Each side has half of alpha.</summary>
    public static AlphaSpending OBrienFleming { get; } = new("obrien_fleming", static (t, alpha) => 4 * Tails.NormalUpper(-Tails.NormalQuantile(alpha / 4) / Math.Sqrt(t)));

    /// <summary>Nearly the same at each look.</summary>
    public static AlphaSpending Pocock { get; } = new("pocock", static (t, alpha) => alpha * Math.Log(1 + ((Math.E - 1) * t)));

    /// <summary>alpha · tᵖ (Kim and DeMets, Design and analysis of group sequential tests based on the type I error spending rate function, Biometrika 1987).</summary>
    public static AlphaSpending Power(double exponent) => new($"power_{exponent:0.###}", (t, alpha) => alpha * Math.Pow(t, exponent));
}
