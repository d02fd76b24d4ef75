namespace Splitrail.ExperimentSvc.Inference;

/// <summary>What is known of the data's health, apart from the sample ratio, which follows from the epochs.</summary>
/// <param name="MultiArmUsers">Users who met two arms, counted in none.</param>
/// <param name="AcceptedEvents">Exposures and outcomes that are in the sums, or were repeated.</param>
/// <param name="RejectedEvents">Refused for any reason.</param>
/// <param name="LagMs">How old the newest sums are when the evaluation begins.</param>
internal sealed record QualityFacts(long MultiArmUsers, long AcceptedEvents, long RejectedEvents, long LagMs)
{
    public static QualityFacts None { get; } = new(0, 0, 0, 0);
}
