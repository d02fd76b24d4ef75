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

    [ReferenceVectorsFact]
    public void Boundaries_by_spending_are_those_of_the_reference()
    {
        foreach (var one in VectorCase.Of("group_sequential_lan_demets"))
        {
            var (bounds, expected) = (Bounds(one), Expected(one));
            for (var look = 0; look < expected.Length; look++)
                one.Holds($"z[{look}]", bounds[look], expected[look]);
        }
    }

    /// <summary>
    /// Spotify's search for a boundary ends as soon as the probability beyond it is within 10⁻⁷ of what may be spent. Four looks differ by more than the tolerance from boundaries that spend exactly that: in
    /// all of them its own spend it to 10⁻⁷, and to no better.
    /// </summary>
    [ReferenceVectorsFact]
    public void Boundaries_of_Spotify_are_these_to_the_precision_of_its_search()
    {
        var one = VectorCase.Of("group_sequential_spotify").ShouldHaveSingleItem();
        var (bounds, expected, information, alpha) = (Bounds(one), Expected(one), one.Numbers("information_fractions"), one.In("alpha"));
        var (walk, differing, before) = (new StoppedWalk(), new List<int>(), 0.0);
        for (var look = 0; look < expected.Length; look++)
        {
            walk.MoveTo(information[look]);
            var due = AlphaSpending.Power(2).Spent(information[look], alpha) / 2;
            var missed = Math.Abs(walk.Stop(expected[look]) - (due - before));
            missed.ShouldBeLessThan(1.5 * DecimalSearch.Precision, $"look {look}");
            before = due;
            if (Math.Abs(bounds[look] - expected[look]) > one.AbsoluteTolerance + (one.RelativeTolerance * expected[look]))
                differing.Add(look);
        }

        differing.ShouldBe([1, 2, 4, 5]);
    }

    /// <summary>The same walk, with boundaries looked for as Spotify does, in its tolerance at every look.</summary>
    [ReferenceVectorsFact]
    public void Boundaries_of_Spotify_come_out_by_its_search()
    {
        var one = VectorCase.Of("group_sequential_spotify").ShouldHaveSingleItem();
        var (expected, information, alpha, most) = (Expected(one), one.Numbers("information_fractions"), one.In("alpha"), one.In("truncate"));
        var (walk, spent, score) = (new StoppedWalk(), 0.0, 0.0);
        for (var look = 0; look < expected.Length; look++)
        {
            walk.MoveTo(information[look]);
            var (root, due) = (Math.Sqrt(information[look]), AlphaSpending.Power(2).Spent(information[look], alpha) / 2);
            var bound = look == 0 ? walk.BoundFor(due) : DecimalSearch.BoundFor(walk, due - spent, score / root, root, most);
            one.Holds($"z[{look}]", bound, expected[look]);
            walk.Stop(bound);
            (spent, score) = (due, bound * root);
        }
    }

    private static double[] Bounds(VectorCase one)
    {
        var spending = one.Input.GetProperty("spending").GetString() == "obf" ? AlphaSpending.OBrienFleming : AlphaSpending.Power(2);
        var truncate = one.Input.TryGetProperty("truncate", out var cut) ? cut.GetDouble() : GroupSequential.NoBound;
        return GroupSequential.Boundaries(one.Numbers("information_fractions"), one.In("alpha"), spending, truncate);
    }

    private static double[] Expected(VectorCase one) => [.. one.At("z").EnumerateArray().Select(VectorCase.Number)];

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
