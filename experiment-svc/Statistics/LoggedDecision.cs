namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>One decision made at random with a known probability, seen from a policy that was not there.</summary>
/// <param name="Reward">What came of it.</param>
/// <param name="Weight">Probability of that action under the new policy over the logged one; above 0 where the new one would act so.</param>
/// <param name="Predicted">The reward model's guess for that action; 0 without a model.</param>
/// <param name="PredictedNew">The model's guess under the new policy: Σ over actions of probability times guess.</param>
internal readonly record struct LoggedDecision(double Reward, double Weight, double Predicted, double PredictedNew);
