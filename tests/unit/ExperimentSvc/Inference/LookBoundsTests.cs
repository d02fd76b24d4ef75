using Shouldly;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Statistics;
using Xunit;

namespace Splitrail.Tests.Unit.ExperimentSvc.Inference;

public sealed class LookBoundsTests
{
    private const double Alpha = 0.05;

    [Fact]
    public void Looks_have_the_boundaries_of_their_spending()
    {
        var expected = GroupSequential.Boundaries([0.2, 0.4, 0.6], Alpha, AlphaSpending.OBrienFleming);
        Bound([0.2, 0.4], Look(0.6), BoundaryFamilies.OBrienFleming).ShouldBe(expected[2]);
        Bound([0.2], Look(0.4), BoundaryFamilies.Pocock).ShouldBe(GroupSequential.Boundaries([0.2, 0.4], Alpha, AlphaSpending.Pocock)[1]);
    }

    [Fact]
    public void The_final_look_spends_what_is_left_also_when_it_comes_early()
    {
        Bound([], Look(0.3, isFinal: true), BoundaryFamilies.OBrienFleming)!.Value.ShouldBe(-Tails.NormalQuantile(Alpha / 2), 1e-8);
        Bound([0.5], Look(0.7, isFinal: true), BoundaryFamilies.OBrienFleming)!.Value.ShouldBeLessThan(Bound([0.5], Look(0.7), BoundaryFamilies.OBrienFleming)!.Value);
    }

    [Fact]
    public void A_look_that_somebody_made_the_last_one_spends_what_its_information_allows_unless_all_planned_users_are_there()
    {
        Bound([], Look(0.3, isFinal: true), BoundaryFamilies.OBrienFleming, isCutShort: true).ShouldBe(Bound([], Look(0.3), BoundaryFamilies.OBrienFleming));
        Bound([], Look(0.3, isFinal: true) with { Planned = 5 }, BoundaryFamilies.OBrienFleming, isCutShort: true)!.Value.ShouldBe(-Tails.NormalQuantile(Alpha / 2), 1e-8);
    }

    [Fact]
    public void A_look_that_knows_no_more_than_the_last_one_has_none() => Bound([0.4], Look(0.4), BoundaryFamilies.Pocock).ShouldBeNull();

    [Fact]
    public void An_unknown_family_is_named() =>
        Should.Throw<ArgumentException>(static () => Bound([], Look(0.4), "flat")).Message.ShouldContain("boundary 'flat' is none of obrien_fleming, pocock");

    private static double? Bound(double[] before, PastLook now, string family, bool? isCutShort = null)
    {
        var input = EvaluationInputs.Of(10_000, 0.05, 0.05);
        return LookBounds.Of(input with { Plan = input.Plan with { IsCutShort = isCutShort }, Looks = [.. before.Select(static part => Look(part))] }, now, 1, Alpha, family);
    }

    private static PastLook Look(double information, bool isFinal = false) => new(1, 0, 0, [0, information], isFinal);
}
