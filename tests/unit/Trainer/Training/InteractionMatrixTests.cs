using Shouldly;
using Splitrail.Trainer.Training;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Training;

public sealed class InteractionMatrixTests
{
    [Fact]
    public void Weights_of_a_pair_are_summed_and_saturate_at_one()
    {
        var matrix = InteractionMatrix.From([(0, 2, 0.2f), (0, 1, 0.8f), (0, 2, 0.2f), (0, 1, 0.8f)], 4);

        matrix.ColumnsOf(0).ToArray().ShouldBe([1, 2]);
        matrix.StrengthsOf(0).ToArray().ShouldBe([1f, 0.4f]);
    }

    [Fact]
    public void Disliked_pairs_and_rows_without_a_liked_one_are_left_out()
    {
        var matrix = InteractionMatrix.From([(0, 1, -1f), (1, 1, 1f), (1, 2, 0.5f), (1, 2, -1f), (2, 3, 1f)], 4);

        matrix.Rows.ShouldBe(2);
        matrix.ColumnsOf(0).ToArray().ShouldBe([1]);
        matrix.ColumnsOf(1).ToArray().ShouldBe([3]);
    }

    [Fact]
    public void The_transpose_keeps_every_entry_and_every_item()
    {
        var matrix = InteractionMatrix.From([(0, 0, 1f), (0, 2, 0.5f), (1, 2, 0.25f)], 4);

        var byItem = matrix.Transpose();

        byItem.Rows.ShouldBe(4);
        byItem.ColumnsOf(2).ToArray().ShouldBe([0, 1]);
        byItem.StrengthsOf(2).ToArray().ShouldBe([0.5f, 0.25f]);
        byItem.ColumnsOf(3).ToArray().ShouldBeEmpty();
    }
}
