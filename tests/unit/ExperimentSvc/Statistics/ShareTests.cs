using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class ShareTests
{
    [ReferenceVectorsFact]
    public void Intervals_are_those_of_statsmodels()
    {
        foreach (var one in VectorCase.Of("proportion_ci"))
        {
            var (share, alpha) = (new Share(one.Count("x"), one.Count("n")), one.In("alpha"));
            one.Holds("wilson", share.Wilson(alpha));
            one.Holds("beta", share.ClopperPearson(alpha));
            one.Holds("jeffreys", share.Jeffreys(alpha));
            one.Holds("agresti_coull", share.AgrestiCoull(alpha));
        }
    }
}
