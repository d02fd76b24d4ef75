using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

/// <summary>One case of a group of reference numbers, held at the group's own tolerance.</summary>
internal sealed record VectorCase(string Id, JsonElement Input, JsonElement Expected, double RelativeTolerance, double AbsoluteTolerance)
{
    public static IReadOnlyList<VectorCase> Of(string group)
    {
        var (relative, absolute) = ReferenceVectors.Tolerance(group);
        return [.. ReferenceVectors.Of(group).Select(one => new VectorCase(one.Id, one.Input, one.Expected, relative, absolute))];
    }

    public double In(string name) => Number(Input.GetProperty(name));

    public long Count(string name) => Input.GetProperty(name).GetInt64();

    public double[] Numbers(string name) => [.. Input.GetProperty(name).EnumerateArray().Select(Number)];

    public void Holds(string path, double value) => Holds(path, value, Number(At(path)));

    public void Holds(string path, Interval value)
    {
        var pair = At(path);
        Holds(path + " low", value.Low, Number(pair[0]));
        Holds(path + " high", value.High, Number(pair[1]));
    }

    public void Holds(string what, double value, double expected) =>
        (value == expected || Math.Abs(value - expected) <= AbsoluteTolerance + (RelativeTolerance * Math.Abs(expected))).ShouldBeTrue($"{Id} {what}: {value:R}, expected {expected:R}");

    public JsonElement At(string path) => path.Split('.').Aggregate(Expected, static (at, part) => at.GetProperty(part));

    public static double Number(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? double.Parse(element.GetString()!.Replace("Infinity", "∞", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture)
        : element.GetDouble();

    /// <summary>An arm's sums as the reference writes them, turned into the estimate of its kind.</summary>
    public static Finding<ArmEstimate> Arm(JsonElement arm) => arm.GetProperty("_type").GetString() == "ProportionStatistic"
        ? UnitSums.ShareEstimate((long)arm.GetProperty("sum").GetDouble(), arm.GetProperty("n").GetInt64())
        : Sums(arm).MeanEstimate();

    public static UnitSums Sums(JsonElement arm) => new(arm.GetProperty("n").GetInt64(), arm.GetProperty("sum").GetDouble(), arm.GetProperty("sum_squares").GetDouble());
}
