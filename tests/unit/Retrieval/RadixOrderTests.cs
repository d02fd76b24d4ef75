using Shouldly;
using Splitrail.Retrieval;
using Xunit;

namespace Splitrail.Tests.Unit.Retrieval;

public sealed class RadixOrderTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(399)]
    [InlineData(400)]
    [InlineData(5000)]
    public void It_sorts_as_comparing_does_with_equal_keys_in_their_order(int count)
    {
        var random = new Random(3);
        // Few keys, so that many are equal; some use every bit.
        var values = Enumerable.Range(0, count).Select(i => (ulong)(uint)(i % 3 == 0 ? random.Next(9) : random.Next(int.MinValue, int.MaxValue)) << 32 | (uint)i).ToArray();
        var sorted = values.Order().ToArray();

        var radix = new RadixOrder();
        radix.Sort(values);

        values.ShouldBe(sorted);
    }
}
