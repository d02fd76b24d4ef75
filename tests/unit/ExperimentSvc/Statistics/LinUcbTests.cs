using System.Text.Json;
using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class LinUcbTests
{
    [ReferenceVectorsFact]
    public void Predictions_and_bounds_are_those_of_the_open_bandit_pipeline()
    {
        foreach (var one in VectorCase.Of("linucb"))
        {
            var (actions, dimensions) = ((int)one.Count("n_actions"), (int)one.Count("dim"));
            var bandit = new LinUcb(actions, dimensions, one.In("epsilon"));
            foreach (var update in one.Input.GetProperty("updates").EnumerateArray())
                bandit.Learn(Vector(update.GetProperty("x")), update.GetProperty("action").GetInt32(), update.GetProperty("reward").GetDouble());
            var context = one.Numbers("context");
            for (var action = 0; action < actions; action++)
            {
                var coefficients = bandit.Coefficients(action);
                for (var i = 0; i < dimensions; i++)
                    one.Holds($"theta[{action},{i}]", coefficients[i], Vector(one.At("theta_hat")[action])[i]);
                one.Holds($"predicted[{action}]", bandit.Predicted(context, action), one.At("predicted")[action].GetDouble());
                one.Holds($"sigma[{action}]", bandit.Deviation(context, action), one.At("sigma")[action].GetDouble());
                one.Holds($"ucb[{action}]", bandit.UpperBound(context, action), one.At("ucb")[action].GetDouble());
            }

            bandit.Choose(context).ShouldBe(one.At("selected").GetInt32(), one.Id);
        }
    }

    private static double[] Vector(JsonElement array) => [.. array.EnumerateArray().Select(static one => one.GetDouble())];
}
