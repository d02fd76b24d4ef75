namespace Splitrail.ExperimentSvc.Bandits;

/// <summary>How far a bandit may go.</summary>
/// <param name="Least">Smallest share of an arm: below it nothing is learnt of it any more, and its estimates are weighted without bound.</param>
/// <param name="Step">Largest change of a share at once.</param>
/// <param name="IsTopTwo">Half of what the best arm would get goes to the best of the others: finds out sooner which is best, and earns a little less meanwhile (Russo 2016).</param>
internal sealed record BanditLimits(double Least = 0.05, double Step = 0.2, bool IsTopTwo = false)
{
    /// <exception cref="ArgumentOutOfRangeException">Says which limit these arms cannot keep.</exception>
    public void Check(int arms)
    {
        if (Least is not (> 0 and < 1) || Least * arms > 1)
            throw new ArgumentOutOfRangeException(nameof(arms), Least, $"{arms} arms cannot all have {Least}; it must be above 0 and at most {1.0 / arms}");
        if (Step is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(arms), Step, "a step must be above 0 and at most 1");
    }
}
