using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class SampleRatioEpochsTests
{
    private const double Alpha = 0.001;
    private static readonly double[] s_even = [0.5, 0.5];

    [Fact]
    public void A_leak_of_one_percent_is_mostly_found_before_forty_thousand_users()
    {
        var found = Enumerable.Range(0, 101).Select(static run => FirstAlarm(SplitMix64.Stream(3, (ulong)run), 0.51, 100_000) ?? int.MaxValue).Order().ToArray();
        found[50].ShouldBeLessThan(40_000);
    }

    [Fact]
    public void A_split_that_is_kept_gives_no_alarm_at_any_look()
    {
        // 300 runs at one in a thousand: three alarms or more in 3.6 of 1,000 such tests.
        Enumerable.Range(0, 300).Count(static run => FirstAlarm(SplitMix64.Stream(5, (ulong)run), 0.5, 40_000) is not null).ShouldBeLessThan(3);
    }

    [Fact]
    public void An_edit_of_the_split_is_no_mismatch_and_pooling_would_be_one()
    {
        SampleRatioEpochs.PValue([([9_020, 980], [0.9, 0.1]), ([5_020, 4_980], s_even)]).ShouldBe(1);
        SampleRatioEpochs.PValue([([14_040, 5_960], s_even)]).ShouldBeLessThan(1e-100);
    }

    [Fact]
    public void A_leak_is_followed_over_an_edit()
    {
        (IReadOnlyList<long>, IReadOnlyList<double>) before = ([14_160, 5_840], [0.7, 0.3]), after = ([10_204, 9_796], s_even);
        SampleRatioEpochs.PValue([before, after]).ShouldBeLessThan(SampleRatioEpochs.PValue([before]) * SampleRatioEpochs.PValue([after]));
    }

    [Fact]
    public void The_factor_is_a_martingale()
    {
        double[] split = [0.7, 0.2, 0.1];
        double After(long a, long b, long c) => Math.Exp(SampleRatioEpochs.LogFactor([([30, 10], s_even), ([a, b, c], split)]));
        ((0.7 * After(71, 25, 5)) + (0.2 * After(70, 26, 5)) + (0.1 * After(70, 25, 6))).ShouldBe(After(70, 25, 5), 1e-9 * After(70, 25, 5));
    }

    [Fact]
    public void Nothing_counted_is_no_mismatch()
    {
        SampleRatioEpochs.PValue([]).ShouldBe(1);
        SampleRatioEpochs.PValue([([0, 0], s_even)]).ShouldBe(1);
    }

    private static int? FirstAlarm(SplitMix64 chance, double share, int users)
    {
        long first = 0;
        for (var i = 1; i <= users; i++)
        {
            first += chance.NextDouble() < share ? 1 : 0;
            if (i % 200 == 0 && SampleRatioEpochs.PValue([([first, i - first], s_even)]) < Alpha)
                return i;
        }

        return null;
    }
}
