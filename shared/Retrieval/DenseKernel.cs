using System.Numerics;

namespace Splitrail.Retrieval;

/// <summary>
/// The one multiplication everything dense here is made of: C += sign * P^T Q with P and Q stored depth-major, so that the inner loop broadcasts
/// from P, reads Q in order and keeps a 4 x 2-vector tile of C in registers.
/// </summary>
public static unsafe class DenseKernel
{
    private const int TileRows = 4;

    /// <param name="p">depth x rows, leading dimension <paramref name="ldp"/>.</param>
    /// <param name="ldp">Elements from one depth to the next in p.</param>
    /// <param name="q">depth x columns, leading dimension <paramref name="ldq"/>.</param>
    /// <param name="ldq">Elements from one depth to the next in q.</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="c">rows x columns, leading dimension <paramref name="ldc"/>.</param>
    /// <param name="ldc">Elements from one row to the next in c.</param>
    /// <param name="rows">Rows of c.</param>
    /// <param name="columns">Columns of c.</param>
    /// <param name="sign">Factor of the product.</param>
    /// <param name="upper">True leaves out tiles that lie wholly below the diagonal of c.</param>
    public static void Accumulate(
        float* p, int ldp, float* q, int ldq, int depth, float* c, int ldc, int rows, int columns, float sign = 1f, bool upper = false)
    {
        var width = 2 * Vector<float>.Count;
        var i = 0;
        for (; i + TileRows <= rows; i += TileRows)
        {
            var j = upper ? i / width * width : 0;
            for (; j + width <= columns; j += width)
                Tile(p + i, ldp, q + j, ldq, depth, c + (long)i * ldc + j, ldc, sign);
            Edge(p + i, ldp, q + j, ldq, depth, c + (long)i * ldc + j, ldc, TileRows, columns - j, sign);
        }

        var from = upper ? i : 0;
        Edge(p + i, ldp, q + from, ldq, depth, c + (long)i * ldc + from, ldc, rows - i, columns - from, sign);
    }

    private static void Tile(float* p, int ldp, float* q, int ldq, int depth, float* c, int ldc, float sign)
    {
        var n = Vector<float>.Count;
        Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var t = 0; t < depth; t++)
        {
            var q0 = Vector.Load(q);
            var q1 = Vector.Load(q + n);
            var x = new Vector<float>(p[0]);
            a0 = Vector.FusedMultiplyAdd(x, q0, a0);
            a1 = Vector.FusedMultiplyAdd(x, q1, a1);
            x = new Vector<float>(p[1]);
            b0 = Vector.FusedMultiplyAdd(x, q0, b0);
            b1 = Vector.FusedMultiplyAdd(x, q1, b1);
            x = new Vector<float>(p[2]);
            c0 = Vector.FusedMultiplyAdd(x, q0, c0);
            c1 = Vector.FusedMultiplyAdd(x, q1, c1);
            x = new Vector<float>(p[3]);
            d0 = Vector.FusedMultiplyAdd(x, q0, d0);
            d1 = Vector.FusedMultiplyAdd(x, q1, d1);
            p += ldp;
            q += ldq;
        }

        var s = new Vector<float>(sign);
        Add(c, a0, a1, s);
        Add(c + ldc, b0, b1, s);
        Add(c + 2L * ldc, c0, c1, s);
        Add(c + 3L * ldc, d0, d1, s);
    }

    private static void Add(float* c, Vector<float> low, Vector<float> high, Vector<float> sign)
    {
        var n = Vector<float>.Count;
        Vector.FusedMultiplyAdd(low, sign, Vector.Load(c)).Store(c);
        Vector.FusedMultiplyAdd(high, sign, Vector.Load(c + n)).Store(c + n);
    }

    private static void Edge(float* p, int ldp, float* q, int ldq, int depth, float* c, int ldc, int rows, int columns, float sign)
    {
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
            {
                var sum = 0f;
                for (var t = 0; t < depth; t++)
                    sum += p[(long)t * ldp + i] * q[(long)t * ldq + j];
                c[(long)i * ldc + j] += sign * sum;
            }
    }
}
