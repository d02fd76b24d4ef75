using Splitrail.Contracts;

namespace Splitrail.Gateway.Assignment;

/// <summary>An arm as the hot path meets it; made once per snapshot.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Epoch">Of the split.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Probability">Of this arm within the experiment, 0..1.</param>
/// <param name="Parameters">What the arm changes.</param>
internal sealed record AssignedArm(string Experiment, int Epoch, string Arm, double Probability, ArmParameters Parameters);

/// <summary>The arms of one request, at most one per layer.</summary>
/// <param name="Unit">Who was assigned.</param>
/// <param name="Arms">In order of the layers.</param>
/// <param name="Mix">The first arm's that names one.</param>
/// <param name="Ranker">The first arm's that names one.</param>
internal sealed record ArmSet(ExperimentUnit Unit, IReadOnlyList<AssignedArm> Arms, string? Mix, string? Ranker)
{
    /// <summary>The ranker's name with which an arm asks for the candidates' own order.</summary>
    public const string NoRanker = "none";

    /// <summary>Who cannot be recognised again is served the control but not counted.</summary>
    public bool IsCounted => Unit.IsKnown && Arms.Count > 0;
}
