using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.Benchmarks.Power;

/// <summary>What numbers of planned looks and ways of spending cost and save, by integration: for the reader who chooses.</summary>
internal static class LookTable
{
    public static void Print(double alpha, double power, Action<string> progress)
    {
        var drift = Tails.NormalQuantile(power) - Tails.NormalQuantile(alpha / 2);
        foreach (var spending in new[] { AlphaSpending.OBrienFleming, AlphaSpending.Power(3), AlphaSpending.Power(2), AlphaSpending.Pocock })
        {
            foreach (var looks in new[] { 5, 10, 20 })
            {
                double[] information = [.. Enumerable.Range(1, looks).Select(look => (double)look / looks)];
                var found = SequentialPower.Of(information, GroupSequential.Boundaries(information, alpha, spending), drift);
                progress($"{spending.Name,-14} {looks,2} looks: power {found.Found / power:0.000} of the fixed test's, users saved {100 * (1 - found.ExpectedInformation):0.0} %");
            }
        }
    }
}
