using Shouldly;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Tests.Unit.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Statistics;

public sealed class GroupSequentialTests
{
    [ReferenceVectorsFact]
    public void The_classic_constants_are_those_of_the_tables()
    {
        foreach (var one in VectorCase.Of("group_sequential_classic"))
        {
            var looks = (int)one.Count("K");
            var isPocock = one.Input.GetProperty("kind").GetString() == "pocock";
            one.Holds("constant", GroupSequential.Constant(looks, one.In("alpha"), k => isPocock ? 1 : Math.Sqrt((double)looks / k)));
        }
    }

    [ReferenceVectorsTheory]
    [InlineData("group_sequential_lan_demets")]
    [InlineData("group_sequential_spotify")]
    public void Boundaries_by_spending_are_those_of_the_reference(string group)
    {
        foreach (var one in VectorCase.Of(group))
        {
            var spending = one.Input.GetProperty("spending").GetString() == "obf" ? AlphaSpending.OBrienFleming : AlphaSpending.Power(2);
            var truncate = one.Input.TryGetProperty("truncate", out var cut) ? cut.GetDouble() : GroupSequential.NoBound;
            var bounds = GroupSequential.Boundaries(one.Numbers("information_fractions"), one.In("alpha"), spending, truncate);
            double[] expected = [.. one.At("z").EnumerateArray().Select(VectorCase.Number)];
            bounds.Length.ShouldBe(expected.Length);
            for (var look = 0; look < bounds.Length; look++)
            {
                // Spotify's search stops at a probability of 10⁻⁷, here and at the looks before, and spends nothing where there is less to spend.
                if (Math.Abs(Tails.NormalUpper(bounds[look]) - Tails.NormalUpper(expected[look])) > 2e-7)
                    one.Holds($"z[{look}]", bounds[look], expected[look]);
            }
        }
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.05)]
    public void Spending_ends_with_all_of_alpha(double alpha)
    {
        foreach (var spending in new[] { AlphaSpending.OBrienFleming, AlphaSpending.Pocock, AlphaSpending.Power(3) })
            spending.Spent(1, alpha).ShouldBe(alpha, alpha * 1e-9, spending.Name);
    }

    [Fact]
    public void Information_that_does_not_grow_is_refused() =>
        Should.Throw<ArgumentException>(static () => GroupSequential.Boundaries([0.5, 0.5], 0.05, AlphaSpending.Pocock)).Message.ShouldContain("look 2");
}
