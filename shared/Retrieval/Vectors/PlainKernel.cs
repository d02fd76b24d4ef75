using System.Runtime.Intrinsics;

namespace Splitrail.Retrieval.Vectors;

/// <summary>One number at a time: the reference the others are held against, and the way where there is no other.</summary>
internal readonly unsafe struct PlainKernel : IBlockKernel
{
    public static void Block(byte* block, sbyte* query, int width, out Vector256<int> low, out Vector256<int> high)
    {
        var sums = stackalloc int[QuantisedRows.BlockRows];
        for (var row = 0; row < QuantisedRows.BlockRows; row++)
        {
            var sum = 0;
            for (var at = 0; at < width; at += 8)
            {
                var bytes = block + at * 8 + row * 4;
                for (var d = 0; d < 4; d++)
                    sum += (bytes[d] & 15) * query[at + d] + (bytes[d] >> 4) * query[at + 4 + d];
            }

            sums[row] = sum;
        }

        low = Vector256.Load(sums);
        high = Vector256.Load(sums + 8);
    }

    public static int Row(byte* row, sbyte* query, int width)
    {
        var sum = 0;
        for (var i = 0; i < width / 2; i++)
            sum += (row[i] & 15) * query[i] + (row[i] >> 4) * query[i + width / 2];
        return sum;
    }
}
