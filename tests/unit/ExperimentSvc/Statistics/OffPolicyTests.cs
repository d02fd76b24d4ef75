using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class OffPolicyTests
{
    [ReferenceVectorsFact]
    public void Estimates_are_those_of_the_open_bandit_pipeline()
    {
        foreach (var one in VectorCase.Of("ope_estimators"))
        {
            var log = Log(one.Input);
            one.Holds("ips", OffPolicy.Ips(log).Value.Value);
            one.Holds("ips_clip_lambda_3", OffPolicy.Ips(log, 3).Value.Value);
            one.Holds("snips", OffPolicy.Snips(log).Value.Value);
            one.Holds("dm", OffPolicy.Direct(log).Value.Value);
            one.Holds("dr", OffPolicy.DoublyRobust(log).Value.Value);
            one.Holds("sndr", OffPolicy.SelfNormalisedDoublyRobust(log).Value.Value);
            one.Holds("switch_dr_lambda_2", OffPolicy.Switch(log, 2).Value.Value);
            one.Holds("dros_lambda_1", OffPolicy.Shrunk(log, 1).Value.Value);
        }
    }

    [Fact]
    public void A_log_with_few_heavy_weights_is_refused()
    {
        LoggedDecision[] log = [new(1, 100, 0, 0), .. Enumerable.Repeat(new LoggedDecision(0, 0.01, 0, 0), 1000)];
        OffPolicy.EffectiveSample(log).ShouldBeLessThan(2);
        OffPolicy.IfEnough(log, 100, static all => OffPolicy.Ips(all)).Reason.ShouldBe(NotYet.TooFew);
        OffPolicy.EffectiveSample([]).ShouldBe(0);
        OffPolicy.SelfNormalisedDoublyRobust([]).Reason.ShouldBe(NotYet.TooFew);
    }

    [Fact]
    public void The_logging_policy_itself_is_worth_its_mean_reward()
    {
        LoggedDecision[] log = [.. Enumerable.Range(0, 50).Select(static i => new LoggedDecision(i % 5, 1, 0, 0))];
        OffPolicy.EffectiveSample(log).ShouldBe(50, 1e-9);
        OffPolicy.Ips(log).Value.Value.ShouldBe(2, 1e-12);
        OffPolicy.Snips(log).Value.ErrorVariance.ShouldBe(OffPolicy.Ips(log).Value.ErrorVariance, 1e-12);
    }

    private static LoggedDecision[] Log(JsonElement input)
    {
        JsonElement Row(string name, int row) => input.GetProperty(name)[row];
        return [.. Enumerable.Range(0, input.GetProperty("action").GetArrayLength()).Select(row =>
        {
            var action = Row("action", row).GetInt32();
            double[] chances = [.. Row("pi_e", row).EnumerateArray().Select(static one => one.GetDouble())];
            double[] guesses = [.. Row("q_hat", row).EnumerateArray().Select(static one => one.GetDouble())];
            return new LoggedDecision(
                Row("reward", row).GetDouble(), chances[action] / Row("pscore", row).GetDouble(), guesses[action], chances.Zip(guesses, static (chance, guess) => chance * guess).Sum());
        })];
    }
}
