using Shouldly;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Bandits;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Inference;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Bandits;

/// <summary>A bandit as the evaluator runs it: a step an hour, each hour an epoch of its own split.</summary>
public sealed class BanditEvaluationTests
{
    private const long HourMs = 3_600_000;
    private const int PerHour = 4000;

    [Fact]
    public void The_better_arm_has_most_users_after_a_day_and_no_arm_less_than_the_least()
    {
        var last = Enumerable.Range(0, 20).Select(seed => Run(seed, [0.05, 0.065, 0.05]).Facts.Bandit!.Shares).ToArray();
        last.Average(static shares => shares[1]).ShouldBeGreaterThan(0.7);
        last.SelectMany(static shares => shares).Min().ShouldBeGreaterThanOrEqualTo(0.05);
    }

    /// <summary>The arms' rate doubles halfway through: pooled over the hours the favoured arm would look better.</summary>
    [Fact]
    public void Arms_that_do_the_same_are_told_apart_no_more_often_than_five_in_a_hundred()
    {
        const int Runs = 300;
        var wrong = Enumerable.Range(0, Runs).Count(static seed => Run(seed, [0.05, 0.05], hours: 12, change: 2).Outcome.Findings[0] is { PValue: < 0.05 });
        // 5 % and three Monte Carlo errors.
        wrong.ShouldBeInRange(3, (int)(Runs * 0.05) + 12);
    }

    [Fact]
    public async Task Its_steps_are_verified_from_the_log_and_a_changed_share_is_refused()
    {
        var log = Run(7, [0.05, 0.065]).Log;
        log.Count.ShouldBeGreaterThan(3);
        (await VerifyAsync(log)).Fault.ShouldBeNull();
        var changed = log.Select(static entry => entry with { PrevHash = entry.PrevHash }).ToArray();
        changed[^1] = changed[^1] with { Outcome = changed[^1].Outcome with { Bandit = new BanditOutcome([0.5, 0.5], [0.5, 0.5]) } };
        (await VerifyAsync(changed)).Fault.ShouldNotBeNull().ShouldContain("does not follow from its facts");
    }

    /// <summary>Without a conversion there is no variance either, and an arm whose checkout is broken must not keep its share for that.</summary>
    [Fact]
    public void An_arm_that_nobody_ever_buys_in_loses_its_users()
    {
        var (facts, _, log) = Run(3, [0.05, 0], hours: 6);
        facts.Bandit!.Shares.ShouldBe([0.95, 0.05]);
        log.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Without_enough_users_it_keeps_the_split_and_says_so()
    {
        var facts = Facts([0.5, 0.5], [], 0);
        Decided.Of(facts).ShouldBeNull();
        DecisionSentence.Of(facts, facts.Evaluated()).ShouldStartWith("Nobody has met an arm yet");
    }

    private static Task<ChainVerdict> VerifyAsync(IReadOnlyList<DecisionEntry> log)
    {
        var (lines, before) = (new StringWriter(), ChainHash.Genesis);
        foreach (var entry in log)
        {
            var text = (entry with { PrevHash = before }).Canonical();
            before = ChainHash.Of(text);
            lines.WriteLine(new ChainRow(entry.Sequence, entry.Kind, entry.Id, before, text).ToLine());
        }

        return DecisionCheck.OfExportAsync(new StringReader(lines.ToString()), CancellationToken.None);
    }

    private static (EvaluationFacts Facts, EvaluationOutput Outcome, List<DecisionEntry> Log) Run(int seed, double[] rates, int hours = 24, double change = 1)
    {
        var (random, shares, epochs, log) = (new Random(seed), rates.Select(_ => 1.0 / rates.Length).ToArray(), new List<(long[] Users, long[] Bought, double[] Shares)>(), new List<DecisionEntry>());
        for (var hour = 0; hour < hours; hour++)
        {
            var (users, bought) = (new long[rates.Length], new long[rates.Length]);
            for (var i = 0; i < PerHour; i++)
            {
                var (arm, at) = (0, random.NextDouble());
                while (arm < rates.Length - 1 && at >= shares[arm])
                    at -= shares[arm++];
                users[arm]++;
                bought[arm] += random.NextDouble() < rates[arm] * (hour < hours / 2 ? 1 : change) ? 1 : 0;
            }

            epochs.Add((users, bought, shares));
            if (Decided.Of(Facts(shares, epochs, hour)) is not { } decided)
                continue;
            log.Add(decided.ToEntry(log.Count + 1, "x", 1, DecisionModes.Act, ""));
            shares = [.. decided.Outcome.Bandit!.Shares];
        }

        var facts = Facts(shares, epochs, hours);
        return (facts, facts.Evaluated(), log);
    }

    private static EvaluationFacts Facts(double[] shares, List<(long[] Users, long[] Bought, double[] Shares)> epochs, int hour)
    {
        var shape = new MetricInput { Name = "user_conversion", Kind = MetricKind.Proportion, Role = MetricRole.Goal, Cells = [] };
        var sums = shares.Select((_, arm) => (IReadOnlyList<string>)[.. epochs.Select(epoch => Sums(epoch.Users[arm], epoch.Bought[arm]))]).ToArray();
        return new EvaluationFacts(
            new EvaluationPlan(), [.. shares.Select(static (_, arm) => new ArmInput($"arm-{arm}", arm == 0))], [.. epochs.Select(static (epoch, i) => new EpochInput(i + 1, epoch.Users, epoch.Shares))],
            [new MetricFacts(shape, sums)], QualityFacts.None, [], 0, hour * HourMs, new BanditPlan(new BanditLimits(), shares, HourMs));
    }

    private static string Sums(long users, long bought) => new ExactSums(users, (Int128)bought * 1_000_000, (Int128)bought * 1_000_000_000_000).ToString();
}
