namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>How many units saw what.</summary>
internal sealed class ExposureCounts(
    IReadOnlyDictionary<(string Experiment, string Arm), long> arms, IReadOnlyDictionary<string, (long Units, long MultiArm)> experiments)
{
    /// <summary>Units that saw the arm.</summary>
    public long UnitsOf(string experiment, string arm) => arms.GetValueOrDefault((experiment, arm));

    /// <summary>Units that saw any arm.</summary>
    public long UnitsOf(string experiment) => experiments.GetValueOrDefault(experiment).Units;

    /// <summary>Units that saw more than one arm: their outcomes belong to none.</summary>
    public long MultiArmUnitsOf(string experiment) => experiments.GetValueOrDefault(experiment).MultiArm;
}
