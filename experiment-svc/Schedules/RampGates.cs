namespace Splitrail.ExperimentSvc.Schedules;

/// <summary>Names of the gates that a ramp's step may ask for.</summary>
internal static class RampGates
{
    public const string Guardrails = "guardrails";
    public const string SampleRatio = "sample_ratio";

    public static IReadOnlyList<string> All { get; } = [SampleRatio, Guardrails];
}
