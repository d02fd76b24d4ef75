using System.Runtime.Intrinsics;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// The sums of products of a block of <see cref="QuantisedRows.BlockRows"/> rows, by one kind of instructions. Stateless; a type argument, so
/// that the compiler writes one loop per kind with the kernel inside it.
/// </summary>
internal unsafe interface IBlockKernel
{
    /// <summary>Sums over the high halves of a block's rows times the query: rows 0 to 7 and 8 to 15.</summary>
    /// <param name="block">Interleaved as <see cref="QuantisedRows"/> says, <paramref name="width"/> x 8 bytes.</param>
    /// <param name="query">Numbers from -127 to 127.</param>
    /// <param name="width">A multiple of 16.</param>
    /// <param name="low">Rows 0 to 7.</param>
    /// <param name="high">Rows 8 to 15.</param>
    static abstract void Block(byte* block, sbyte* query, int width, out Vector256<int> low, out Vector256<int> high);

    /// <summary>The sum over the low halves of one row times the query.</summary>
    /// <param name="row">Byte i holds dimension i in its low half and dimension i + width / 2 in its high half.</param>
    /// <param name="query">Numbers from -127 to 127.</param>
    /// <param name="width">A multiple of 16.</param>
    static abstract int Row(byte* row, sbyte* query, int width);
}
