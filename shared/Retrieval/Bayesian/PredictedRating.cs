namespace Splitrail.Retrieval.Bayesian;

/// <summary>What a rating is expected to be.</summary>
/// <param name="Mean">On the shop's scale, and within it.</param>
/// <param name="Deviation">Standard deviation of the posterior predictive distribution: of the rating that would be given, its noise included.</param>
public readonly record struct PredictedRating(float Mean, float Deviation);
