namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>What became of a decision; the log itself never changes.</summary>
internal static class DecisionState
{
    /// <summary>A planned look, or a false alarm of an A/A experiment: there is nothing to do.</summary>
    public const string Noted = "noted";

    /// <summary>Its owner has to decide.</summary>
    public const string Recommended = "recommended";

    /// <summary>It is to be carried out; a replica that starts anew finds it.</summary>
    public const string Pending = "pending";

    /// <summary>It was carried out, or (where a second person has to approve) waits for that.</summary>
    public const string Applied = "applied";

    /// <summary>The experiment was edited after the decision and before it could be carried out: it is decided anew.</summary>
    public const string Superseded = "superseded";
}
