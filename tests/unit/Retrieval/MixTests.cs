using Shouldly;
using Splitrail.Models;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class MixTests
{
    [Fact]
    public void The_blend_moves_evenly_from_cold_to_warm()
    {
        var mix = new Mix("m", [], new BlendWeights(0, 1, 0, 1), new BlendWeights(1, 0, 0, 3));

        mix.BlendFor(0).ShouldBe(mix.Cold);
        mix.BlendFor(Mix.WarmFrom / 2).ShouldBe(new BlendWeights(0.5f, 0.5f, 0, 2));
        mix.BlendFor(500).ShouldBe(mix.Warm);
    }

    [Fact]
    public void Every_built_in_mix_names_sources_that_are_there_and_fit_the_mask()
    {
        foreach (var mix in Mixes.Table.Names.Select(Mixes.Table.Get))
        {
            mix.Quotas.Count.ShouldBeLessThanOrEqualTo(32);
            foreach (var quota in mix.Quotas)
                CandidateSources.Table.Find(quota.Source).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Popularity_is_weighed_in_the_models_own_unit()
    {
        PopularityUnit.Of(Scaled(1f)).ShouldBe(20 * PopularityUnit.Of(Scaled(0.05f)), 1e-3f);
        PopularityUnit.Of(Scaled(1f)).ShouldBeGreaterThan(0);
    }

    private static RetrievalModel Scaled(float scale) => RetrievalTestModels.Chain() with
    {
        Ease = EaseModel.FromRows(40, (item, row) =>
        {
            for (var other = 0; other < row.Length; other++)
                row[other] = other == item ? 0f : scale / (1 + Math.Abs(other - item));
        }),
    };
}
