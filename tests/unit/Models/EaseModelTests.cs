using Shouldly;
using Splitrail.Models;
using Xunit;

namespace Splitrail.Tests.Unit.Models;

public sealed class EaseModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(11)]
    public void Rows_added_together_are_rows_added_one_by_one(int rows)
    {
        const int Covered = 77;
        var random = new Random(5);
        var ease = EaseModel.FromRows(Covered, (item, row) => { for (var j = 0; j < row.Length; j++) row[j] = MathF.Sin(item * 31 + j); });
        // Some items have no row.
        var items = Enumerable.Range(0, rows).Select(i => i % 5 == 4 ? Covered + i : i * 7 % Covered).ToArray();
        var strengths = items.Select(_ => (float)random.NextDouble()).ToArray();
        var (together, single) = (new float[100], new float[100]);

        ease.AddRows(items, strengths, together);
        for (var i = 0; i < rows; i++)
            ease.AddRow(items[i], strengths[i], single);

        for (var j = 0; j < together.Length; j++)
            together[j].ShouldBe(single[j], 1e-5f);
    }
}
