using Shouldly;
using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Unit.Contracts;

public sealed class ServedModelsTests
{
    private static readonly ServedModels s_models = new(
        new ModelLineup("c2", "r3", "e1"),
        new ModelLineup("c1", "c1"),
        [new ArmModel("r4", new ModelLineup("c2", "r4", "e1"))],
        [new ShadowModel(ModelTypes.Ranking, "r5"), new ShadowModel(ModelTypes.Candidate, "c3")]);

    [Fact]
    public void A_snapshot_of_before_serves_its_one_version_for_all()
    {
        var snapshot = new ControlSnapshot(1, "", 0, "v1", [], new Dictionary<string, bool>());

        ServedModels.Of(snapshot).Production.ShouldBe(new ModelLineup("v1", "v1"));
        ServedModels.Of(snapshot with { ActiveModel = null }).ShouldBe(ServedModels.None);
        ServedModels.Of(null).ShouldBe(ServedModels.None);
    }

    [Fact]
    public void An_arm_that_names_no_known_model_has_production()
    {
        s_models.LineupFor("r4").Ranking.ShouldBe("r4");
        s_models.LineupFor("gone").ShouldBe(s_models.Production);
        s_models.LineupFor(null).ShouldBe(s_models.Production);
    }

    [Fact]
    public void The_most_needed_versions_come_first()
    {
        s_models.WantedOf(ModelTypes.Ranking).ShouldBe(["r3", "r4", "c1", "r5"]);
        s_models.WantedOf(ModelTypes.Candidate).ShouldBe(["c2", "c1", "c3"]);
        s_models.WantedOf(ModelTypes.Embedding).ShouldBe(["e1"]);
    }

    [Theory]
    [InlineData("c2", "r3", "r3")]
    [InlineData("c2", null, "r3")]
    [InlineData("c2", "r4", "r4")]
    [InlineData("c1", "r3", "c1")]
    [InlineData(null, null, "r3")]
    [InlineData("c9", "r3", "c9")]
    public void Candidates_are_ranked_by_what_serves_with_them_only(string? candidates, string? wanted, string? ranker) =>
        s_models.RankerFor(candidates, wanted, static _ => true).ShouldBe(ranker);

    [Theory]
    [InlineData("c2", "r4", "r3")]
    [InlineData("c2", "r3", "r3")]
    public void A_ranker_that_is_not_loaded_gives_way_to_another_of_the_same_candidates(string candidates, string wanted, string ranker) =>
        s_models.RankerFor(candidates, wanted, static version => version == "r3").ShouldBe(ranker);

    [Fact]
    public void Candidates_of_a_new_version_are_not_ranked_by_the_old_one() =>
        s_models.RankerFor("c2", "r3", static version => version == "c1").ShouldBeNull();
}
