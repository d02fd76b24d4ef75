namespace Splitrail.Retrieval.Bayesian;

/// <summary>Mean and variance of a mixture of normal distributions of equal weight.</summary>
internal struct RatingMoments
{
    private double _means;
    private double _squares;
    private double _variances;
    private int _count;

    public readonly float Mean => (float)(_means / _count);

    public readonly float Deviation => (float)Math.Sqrt(_variances / _count + Math.Max(0, _squares / _count - _means / _count * (_means / _count)));

    public void Add(double mean, double variance)
    {
        _means += mean;
        _squares += mean * mean;
        _variances += variance;
        _count++;
    }
}
