using Shouldly;
using Splitrail.Trainer.Ranker;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

public sealed class ListSoftmaxTests
{
    private static readonly float[] s_labels = [1, 0, 1, 0];
    private static readonly float[] s_weights = [2, 1, 1, 3];

    [Fact]
    public void The_gradient_is_the_slope_of_the_loss()
    {
        float[] logits = [0.3f, -1f, 2f, 0.5f];
        var gradient = new float[4];
        ListSoftmax.Gradient(logits, s_labels, s_weights, gradient).ShouldBeTrue();
        for (var i = 0; i < 4; i++)
        {
            const float step = 1e-2f;
            var (up, down) = ((float[])logits.Clone(), (float[])logits.Clone());
            up[i] += step;
            down[i] -= step;
            gradient[i].ShouldBe((float)((Loss(up) - Loss(down)) / (up[i] - down[i])), 1e-3f);
        }
    }

    [Fact]
    public void It_does_not_change_when_all_logits_shift()
    {
        Loss([5.3f, 4f, 7f, 5.5f]).ShouldBe(Loss([0.3f, -1f, 2f, 0.5f]), 1e-5);
        Loss([1e30f, 0f, 0f, 0f]).ShouldBePositive();
    }

    [Fact]
    public void What_was_wanted_is_one_candidate_of_its_list_however_much_it_weighs()
    {
        ListSoftmax.Loss([0f, 0f], [1f, 0f], [5f, 1f]).ShouldBe(5 * Math.Log(2), 1e-6);
        ListSoftmax.Loss([0f, 0f], [1f, 0f], [1f, 3f]).ShouldBe(Math.Log(4), 1e-6);
    }

    [Fact]
    public void A_list_of_which_nothing_was_wanted_teaches_nothing()
    {
        ListSoftmax.Loss([1f, 2f], [0f, 0f], [1f, 1f]).ShouldBe(0);
        ListSoftmax.Gradient([1f, 2f], [0f, 0f], [1f, 1f], new float[2]).ShouldBeFalse();
    }

    private static double Loss(float[] logits) => ListSoftmax.Loss(logits, s_labels, s_weights);
}
