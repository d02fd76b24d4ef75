namespace Splitrail.ExperimentSvc.Results;

/// <summary>Body of <c>POST /v1/experiments/{id}/off-policy</c>: what would another split have earned?</summary>
internal sealed record OffPolicyRequest
{
    /// <summary>A metric that is a mean or a proportion.</summary>
    public string Metric { get; set; } = "";

    /// <summary>Probability of each arm under the policy that was not there; what is left out has 0. They sum to 1.</summary>
    public IReadOnlyDictionary<string, double> Policy { get; set; } = new Dictionary<string, double>();

    /// <summary>It is refused when the log is worth fewer people under that policy.</summary>
    public double LeastEffectiveSample { get; set; } = 500;

    /// <summary>SWITCH takes the model alone where a weight is above this.</summary>
    public double SwitchAt { get; set; } = 10;
}

/// <param name="Id">The experiment.</param>
/// <param name="Metric">The metric.</param>
/// <param name="People">Read from the log.</param>
/// <param name="EffectiveSample">What they are worth under the policy.</param>
/// <param name="Logged">The value that was there.</param>
/// <param name="Estimates">By method: <c>ips</c>, <c>snips</c>, <c>doubly_robust</c>, <c>switch</c>.</param>
internal sealed record OffPolicyAnswer(string Id, string Metric, int People, double EffectiveSample, BoundedView? Logged, IReadOnlyList<OffPolicyEstimate> Estimates);

/// <param name="Method">Which.</param>
/// <param name="Value">Per person, with a 95 % interval.</param>
/// <param name="NotYet">Why there is none.</param>
internal sealed record OffPolicyEstimate(string Method, BoundedView? Value, NotYetView? NotYet);
