namespace Splitrail.ExperimentSvc.Inference;

/// <summary>What is known of the data's health, apart from the sample ratio, which follows from the epochs.</summary>
/// <param name="MultiArmUsers">Users who met two arms, counted in none.</param>
/// <param name="AcceptedEvents">Exposures and outcomes that are in the sums, or were repeated.</param>
/// <param name="RejectedEvents">Refused for any reason.</param>
/// <param name="LagMs">How old what is in the sums is when the evaluation begins: since they last changed, or since all that was published was known to be in them.</param>
internal sealed record QualityFacts(long MultiArmUsers, long AcceptedEvents, long RejectedEvents, long LagMs)
{
    public static QualityFacts None { get; } = new(0, 0, 0, 0);
}
