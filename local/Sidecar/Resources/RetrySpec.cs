namespace Splitrail.Local.Sidecar.Resources;

/// <param name="IsExponential">Else the delay is constant.</param>
/// <param name="Delay">Constant delay; 5 s when nothing is said.</param>
/// <param name="MaxInterval">Cap of the exponential delay.</param>
/// <param name="MaxRetries">Below 0 without end.</param>
/// <param name="Matching">Statuses that are retried; null retries all outside 200–399.</param>
internal sealed record RetrySpec(bool IsExponential, TimeSpan Delay, TimeSpan MaxInterval, int MaxRetries, StatusRanges? Matching)
{
    public static RetrySpec Read(YamlMap policy)
    {
        // initialInterval and multiplier are accepted and without effect, as in daprd.
        policy.Only("policy", "duration", "maxInterval", "maxRetries", "matching", "initialInterval", "multiplier", "randomizationFactor");
        var kind = policy.Text("policy") ?? "constant";
        if (kind is not ("constant" or "exponential"))
            policy.Fault("policy", $"'{policy.At("policy")}' is '{kind}'; it must be constant or exponential.");
        var codes = policy.Map("matching").Text("httpStatusCodes");
        StatusRanges? ranges = null;
        if (codes is not null && !StatusRanges.TryParse(codes, out ranges))
            policy.Fault("matching", $"'httpStatusCodes' is '{codes}'; it must be a list such as 429,502-504.");
        return new RetrySpec(
            kind == "exponential",
            ResiliencySpec.Duration(policy, "duration", TimeSpan.FromSeconds(5)),
            ResiliencySpec.Duration(policy, "maxInterval", TimeSpan.FromSeconds(60)),
            ResiliencySpec.Number(policy, "maxRetries", -1),
            ranges);
    }
}
