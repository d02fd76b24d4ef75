namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>What is compared.</summary>
internal readonly record struct ArmPair(ArmEstimate Treatment, ArmEstimate Control)
{
    public Finding<Effect> Absolute() => Effect.Absolute(Treatment, Control);

    /// <summary>As a part of the control.</summary>
    public Finding<Effect> Relative() => Effect.Relative(Treatment, Control);
}
