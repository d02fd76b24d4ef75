using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class TailsTests
{
    [ReferenceVectorsFact]
    public void Tails_and_quantiles_are_right_to_twelve_digits()
    {
        foreach (var one in VectorCase.Of("special_functions"))
        {
            one.Holds("value", one.Input.GetProperty("f").GetString() switch
            {
                "norm_cdf" => Tails.NormalCdf(one.In("x")),
                "norm_sf" => Tails.NormalUpper(one.In("x")),
                "norm_ppf" => Tails.NormalQuantile(one.In("p")),
                "t_sf" => Tails.StudentUpper(one.In("t"), one.In("df")),
                "t_ppf" => Tails.StudentQuantile(one.In("p"), one.In("df")),
                "chi2_sf" => Tails.ChiSquareUpper(one.In("x"), one.In("df")),
                "beta_cdf" => Tails.BetaCdf(one.In("a"), one.In("b"), one.In("x")),
                var other => throw new InvalidOperationException(other),
            });
        }
    }
}
