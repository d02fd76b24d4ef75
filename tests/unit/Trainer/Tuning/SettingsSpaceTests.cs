using Shouldly;
using Splitrail.Randomness;
using Splitrail.Trainer.Training;
using Splitrail.Trainer.Tuning;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Tuning;

public sealed class SettingsSpaceTests
{
    [Fact]
    public void Whatever_is_drawn_can_be_trained_and_the_same_seed_draws_the_same()
    {
        var (one, two) = (SplitMix64.Stream(7, 0), SplitMix64.Stream(7, 0));
        var drawn = Enumerable.Range(0, 500).Select(_ => SettingsSpace.Draw(new RetrievalOptions(), ref one)).ToArray();

        drawn.SelectMany(static options => options.Faults()).ShouldBeEmpty();
        drawn.Distinct().Count().ShouldBeGreaterThan(490);
        drawn.ShouldBe(Enumerable.Range(0, 500).Select(_ => SettingsSpace.Draw(new RetrievalOptions(), ref two)));
    }

    [Fact]
    public void What_is_not_searched_for_stays()
    {
        var chance = SplitMix64.Stream(1, 0);
        var around = new RetrievalOptions { EaseMaxItems = 77, Als = new AlsOptions(Seed: 5, Iterations: 3) };

        var drawn = SettingsSpace.Draw(around, ref chance);

        (drawn.EaseMaxItems, drawn.Als.Seed, drawn.Als.Iterations).ShouldBe((77, 5, 3));
    }
}
