using System.Globalization;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>The parts of a <c>Configuration</c> file that the embedded sidecar obeys.</summary>
/// <param name="SamplingRate">Over 0 the sidecar puts its own span into <c>traceparent</c>; at 0 it passes the caller's on.</param>
/// <param name="AllowedApis">Only these APIs answer; empty means all.</param>
internal sealed record SidecarConfiguration(double SamplingRate, IReadOnlyList<ApiRule> AllowedApis)
{
    public static SidecarConfiguration Default { get; } = new(0, []);

    public static SidecarConfiguration Read(YamlMap document)
    {
        var tracing = document.Map("spec").Map("tracing");
        var rate = tracing.Text("samplingRate") ?? "0";
        if (!double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 1)
            tracing.Fault("samplingRate", $"'samplingRate' is '{rate}'; it must be a number between 0 and 1.");
        return new SidecarConfiguration(value, [.. document.Map("spec").Map("api").List("allowed").Select(ApiRule.Read)]);
    }
}

/// <param name="Version">For example <c>v1.0</c>.</param>
/// <param name="Name">For example <c>state</c>.</param>
internal sealed record ApiRule(string Version, string Name)
{
    public static ApiRule Read(YamlMap rule) => new(rule.Required("version"), rule.Required("name"));
}
