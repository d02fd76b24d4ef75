using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class MixtureRatioTests
{
    [ReferenceVectorsFact]
    public void The_closed_form_is_the_integral()
    {
        foreach (var one in VectorCase.Of("msprt_normal_mixture"))
        {
            var (ratio, distance) = (new MixtureRatio(one.In("n"), one.In("variance_per_obs"), one.In("tau")), one.In("mean_diff") - one.In("theta0"));
            one.Holds("lr", Math.Exp(ratio.LogRatio(distance)));
            one.Holds("always_valid_p", ratio.PValue(distance));
        }
    }
}
