using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.Benchmarks.Peeking;

/// <summary>What others do at every look, the first treatment against the control: methods that do not survive it.</summary>
internal sealed class PeekingMethods
{
    private const double Critical5Percent = 1.959963984540054;
    private const long FewestUsers = 500;

    /// <summary>Some look had a plain 5 % test significant.</summary>
    public bool NaiveFound { get; private set; }

    /// <summary>The rollback's sequence was crossed, put around Welch's t as it is.</summary>
    public bool WelchHarmed { get; private set; }

    public void Watch(EvaluationInput input)
    {
        if ((NaiveFound && WelchHarmed) || !Comparison.Of(input.Metrics[0], 1, 0).Then(static pair => pair.Absolute()).TryGet(out var effect))
            return;
        NaiveFound |= Math.Abs(effect.T) > Critical5Percent;
        if (Math.Min(input.Epochs[0].Users[0], input.Epochs[0].Users[1]) >= FewestUsers)
            WelchHarmed |= effect.T < -HarmRule.Critical(input.Metrics[0], 1, 0, HarmRule.AlphaOf(input));
    }
}
