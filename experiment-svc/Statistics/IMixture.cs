namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// A likelihood ratio averaged over alternatives, for a sum of centred observations: a supermartingale, so that it ever exceeds 1 / alpha with a probability of alpha at most
/// (Howard, Ramdas, McAuliffe and Sekhon, Time-uniform, nonparametric, nonasymptotic confidence sequences, Annals of Statistics 2021).
/// </summary>
internal interface IMixture
{
    /// <summary>Logarithm of the ratio.</summary>
    /// <param name="sum">Of the observations less their mean.</param>
    /// <param name="variance">Their variance process: accumulated, not per observation.</param>
    double Log(double sum, double variance);

    /// <summary>No sum can be above this.</summary>
    double LargestSum(double variance) => double.PositiveInfinity;
}
