using System.Text.Json.Serialization;

namespace Splitrail.ExperimentSvc.Results.Trail;

/// <summary>What an experiment showed at a moment.</summary>
/// <param name="AtMs">Unix milliseconds, a whole multiple of the step.</param>
/// <param name="Users">Of all arms by then.</param>
/// <param name="Arms">Each treatment by each metric that was known.</param>
public sealed record TrailPoint(long AtMs, long Users, IReadOnlyList<TrailArm> Arms);

/// <param name="Metric">The metric.</param>
/// <param name="Arm">The treatment.</param>
/// <param name="Value">Its value.</param>
/// <param name="ControlValue">The control's.</param>
/// <param name="Lift">Relative change, with an interval that is right when looked at once.</param>
/// <param name="Anytime">With an interval that is right at any time.</param>
public sealed record TrailArm(string Metric, string Arm, double? Value, double? ControlValue, BoundedView Lift, BoundedView? Anytime);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TrailPoint))]
internal sealed partial class TrailJson : JsonSerializerContext;
