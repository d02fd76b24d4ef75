using Shouldly;
using Splitrail.ExperimentSvc.Bandits;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Randomness;
using Splitrail.Tests.Unit.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Bandits;

/// <summary>A bandit of two arms over twenty epochs whose rates rise in time; seeded.</summary>
public sealed class ReweightingTests
{
    private const int Epochs = 20;
    private const int UsersPerEpoch = 1000;

    [Fact]
    public void Arms_with_users_at_different_times_are_compared_as_if_they_had_them_at_the_same()
    {
        var metric = EvaluationInputs.Conversions(1, 0, 0) with
        {
            Cells = [[EvaluationInputs.Rate(9000, 0.04), EvaluationInputs.Rate(1000, 0.08)], [EvaluationInputs.Rate(1000, 0.04), EvaluationInputs.Rate(9000, 0.08)]],
        };
        var values = Reweighting.Estimates(metric).Value.Arms;
        values[0].Value.ShouldBe(0.06, 1e-12);
        values[1].Value.ShouldBe(0.06, 1e-12);
        Reweighting.Difference(metric, 1, 0).Value.Value.ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Epochs_in_which_an_arm_has_nobody_say_nothing()
    {
        var metric = EvaluationInputs.Conversions(1, 0, 0) with { Cells = [[EvaluationInputs.Rate(100, 0.5)], [EvaluationInputs.Rate(0, 0)]] };
        Reweighting.Estimates(metric).Reason.ShouldBe(NotYet.TooFew);
        Reweighting.Difference(metric, 1, 0).Reason.ShouldBe(NotYet.TooFew);
    }

    /// <summary>300 runs; 2.6 Monte Carlo errors of 5 % are allowed.</summary>
    [Fact]
    public void Equal_arms_of_a_bandit_are_told_apart_as_often_as_the_test_says()
    {
        const int Runs = 300;
        var found = Enumerable.Range(0, Runs).Count(static run => Math.Abs(Reweighting.Difference(Play(run, 0.05, 0.05).Metric, 1, 0).Value.T) > 1.959964);
        ((double)found / Runs).ShouldBe(0.05, 2.6 * Math.Sqrt(0.05 * 0.95 / Runs));
    }

    [Fact]
    public void A_bandit_sends_most_users_to_the_better_arm_and_still_finds_the_effect()
    {
        var (share, effect) = (0.0, 0.0);
        for (var run = 0; run < 200; run++)
        {
            var (metric, treatment) = Play(run, 0.05, 0.065);
            share += treatment / 200;
            effect += Reweighting.Difference(metric, 1, 0).Value.Value / 200;
        }

        share.ShouldBeGreaterThan(0.75);
        // The rates rise by 40 % on average, and with them the difference.
        effect.ShouldBe(0.015 * 1.4, 0.0015);
    }

    /// <returns>What was counted, and the treatment's part of all users.</returns>
    private static (MetricInput Metric, double Treatment) Play(int run, double control, double treatment)
    {
        var (chance, shares, cells, users) = (SplitMix64.Stream(83, (ulong)run), (IReadOnlyList<double>)[0.5, 0.5], new List<MetricCell>[] { [], [] }, 0.0);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var trend = 1 + (0.8 * epoch / (Epochs - 1));
            var counts = new long[4];
            for (var user = 0; user < UsersPerEpoch; user++)
            {
                var arm = chance.NextDouble() < shares[1] ? 1 : 0;
                counts[arm]++;
                counts[2 + arm] += chance.NextDouble() < trend * (arm == 1 ? treatment : control) ? 1 : 0;
            }

            users += counts[1];
            for (var arm = 0; arm < 2; arm++)
                cells[arm].Add(new MetricCell(counts[arm], counts[2 + arm], counts[2 + arm]));
            shares = ThompsonStep.Next(EvaluationInputs.Conversions(1, 0, 0) with { Cells = cells }, shares, new BanditLimits()).Shares;
        }

        return (EvaluationInputs.Conversions(1, 0, 0) with { Cells = cells }, users / Epochs / UsersPerEpoch);
    }
}
