namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>What the table <c>experiment_counts</c> counts people by.</summary>
internal static class CountKinds
{
    /// <summary>In the sums of this arm and epoch.</summary>
    public const string Counted = "counted";

    /// <summary>Saw this arm, whatever else; of epoch 0.</summary>
    public const string Saw = "saw";

    /// <summary>Counted in their first arm, and given to another one by an edit since; of no arm and epoch 0.</summary>
    public const string Moved = "moved";

    /// <summary>Saw more than one arm; of no arm and epoch 0.</summary>
    public const string MultiArm = "multi_arm";

    /// <summary>Left out by rule; of no arm and epoch 0.</summary>
    public const string Excluded = "excluded";
}
