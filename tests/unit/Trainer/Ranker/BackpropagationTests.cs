using Shouldly;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class BackpropagationTests
{
    private static readonly float[] s_row = [0.7f, -1.2f];

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(0, 0.1)]
    [InlineData(1, 0.9)]
    [InlineData(0, 0.9)]
    public void A_clicks_gradient_is_the_slope_of_its_likelihood(float label, double look)
    {
        const float step = 1e-3f;
        var work = new Backpropagation(Layers(0.3f));
        work.LearnClick(s_row, label, (float)look);
        // The row's first weight moves the logit by the row's first feature.
        var slope = (Loss(0.3f + step, label, look) - Loss(0.3f - step, label, look)) / (2 * step);
        work.Gradients[0].Weights[0].ShouldBe((float)slope, 1e-3f);
    }

    [Fact]
    public void Where_all_is_looked_at_a_click_is_a_wish()
    {
        foreach (var label in (float[])[0, 1])
        {
            var (clicks, wishes) = (new Backpropagation(Layers(0.3f)), new Backpropagation(Layers(0.3f)));
            clicks.LearnClick(s_row, label, 1f);
            wishes.Learn(s_row, label, 1f);
            clicks.Gradients[0].Weights.ShouldBe(wishes.Gradients[0].Weights, 1e-6f);
        }
    }

    private static DenseLayer[] Layers(float weight) => [new(2, 1, [weight, 0.5f], [0.1f])];

    private static double Loss(float weight, float label, double look)
    {
        var chance = look / (1 + Math.Exp(-((weight * s_row[0]) + (0.5 * s_row[1]) + 0.1)));
        return -Math.Log(label > 0 ? chance : 1 - chance);
    }
}
