using MathNet.Numerics;

namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// Sums of observations with two values, -g and h around their mean, alternatives beta distributed (Howard et al. 2021, propositions 7 and 8). Exact for rates: g = p, h = 1 - p.
/// </summary>
internal sealed class BetaBinomialMixture : IMixture
{
    private readonly double _below;
    private readonly double _above;
    private readonly double _strength;
    private readonly bool _isOneSided;
    private readonly double _before;

    /// <param name="variance">At which the bound is to be tight.</param>
    /// <param name="alpha">For which it is to be tight.</param>
    /// <param name="below">g, above 0.</param>
    /// <param name="above">h, above 0.</param>
    /// <param name="isOneSided">Only sums above 0 count.</param>
    public BetaBinomialMixture(double variance, double alpha, double below, double above, bool isOneSided)
    {
        (_below, _above, _isOneSided) = (below, above, isOneSided);
        _strength = Math.Max(NormalMixture.BestRho(variance, isOneSided ? 2 * alpha : alpha) - (below * above), 1e-3 * below * above);
        _before = LogBeta(0, 0);
    }

    public double LargestSum(double variance) => variance / _below;

    public double Log(double sum, double variance)
    {
        var (range, lower, upper) = (_below + _above, variance - (_below * sum), variance + (_above * sum));
        var likelihood = (variance / (_below * _above) * Math.Log(range)) - (upper / (_above * range) * Math.Log(_below)) - (lower / (_below * range) * Math.Log(_above));
        return likelihood + LogBeta(lower, upper) - _before;
    }

    /// <summary>Of the incomplete beta function with the mixture's own strength added to both counts, not regularised.</summary>
    private double LogBeta(double lower, double upper)
    {
        var range = _below + _above;
        var (a, b) = ((_strength + lower) / (_below * range), (_strength + upper) / (_above * range));
        var complete = SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
        return _isOneSided ? complete + Math.Log(IncompleteBeta.Lower(a, b, _above / range, _below / range)) : complete;
    }
}
