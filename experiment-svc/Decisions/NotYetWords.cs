using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>Why there is no number, as a clause that an experiment's owner understands.</summary>
internal static class NotYetWords
{
    public static string Of(NotYet reason) => reason switch
    {
        NotYet.NoUsers => "an arm has no users yet",
        NotYet.OneUser => "an arm has one user: a variance needs two",
        NotYet.NoVariance => "all users of both arms have the same value",
        NotYet.NoBaseline => "the control's value is 0, and nothing is relative to that",
        NotYet.NoDenominator => "the ratio's denominator is 0: nothing was shown or clicked yet",
        NotYet.TooFew => "there are too few users for an interval",
        _ => "the sums are too large to be computed with",
    };
}
