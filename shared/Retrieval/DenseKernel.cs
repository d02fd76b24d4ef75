using System.Runtime.Intrinsics;

namespace Splitrail.Retrieval;

/// <summary>
/// The one multiplication everything dense here is made of: C += sign * P^T Q with P and Q stored depth-major, so that the inner loop broadcasts
/// from P, reads Q in order and keeps a tile of C in registers. Each element is one sum of fused multiply-adds in the order of the depth, so the
/// result has the same bits whatever the width of the registers.
/// </summary>
public static unsafe class DenseKernel
{
    private const int WideRows = 8;
    private const int WideColumns = 32;
    private const int TileRows = 4;
    private const int TileColumns = 16;

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
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; i + WideRows <= rows; i += WideRows)
            {
                var j = upper ? i / TileColumns * TileColumns : 0;
                for (; j + WideColumns <= columns; j += WideColumns)
                    Wide(p + i, ldp, q + j, ldq, depth, c + (long)i * ldc + j, ldc, sign);
                Strip(p + i, ldp, q, ldq, depth, c + (long)i * ldc, ldc, j, columns, sign);
                Strip(p + i + TileRows, ldp, q, ldq, depth, c + (long)(i + TileRows) * ldc, ldc, j, columns, sign);
            }

        for (; i + TileRows <= rows; i += TileRows)
            Strip(p + i, ldp, q, ldq, depth, c + (long)i * ldc, ldc, upper ? i / TileColumns * TileColumns : 0, columns, sign);
        var from = upper ? i : 0;
        Edge(p + i, ldp, q + from, ldq, depth, c + (long)i * ldc + from, ldc, rows - i, columns - from, sign);
    }

    /// <summary>Four rows of c from column <paramref name="j"/> on.</summary>
    private static void Strip(float* p, int ldp, float* q, int ldq, int depth, float* c, int ldc, int j, int columns, float sign)
    {
        for (; j + TileColumns <= columns; j += TileColumns)
            Tile(p, ldp, q + j, ldq, depth, c + j, ldc, sign);
        if (j < columns)
            Edge(p, ldp, q + j, ldq, depth, c + j, ldc, TileRows, columns - j, sign);
    }

    private static void Wide(float* p, int ldp, float* q, int ldq, int depth, float* c, int ldc, float sign)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        Vector512<float> e0 = default, e1 = default, f0 = default, f1 = default, g0 = default, g1 = default, h0 = default, h1 = default;
        for (var t = 0; t < depth; t++)
        {
            var low = Vector512.Load(q);
            var high = Vector512.Load(q + 16);
            (a0, a1) = (Fma(p[0], low, a0), Fma(p[0], high, a1));
            (b0, b1) = (Fma(p[1], low, b0), Fma(p[1], high, b1));
            (c0, c1) = (Fma(p[2], low, c0), Fma(p[2], high, c1));
            (d0, d1) = (Fma(p[3], low, d0), Fma(p[3], high, d1));
            (e0, e1) = (Fma(p[4], low, e0), Fma(p[4], high, e1));
            (f0, f1) = (Fma(p[5], low, f0), Fma(p[5], high, f1));
            (g0, g1) = (Fma(p[6], low, g0), Fma(p[6], high, g1));
            (h0, h1) = (Fma(p[7], low, h0), Fma(p[7], high, h1));
            p += ldp;
            q += ldq;
        }

        Add(c, a0, a1, sign);
        Add(c + ldc, b0, b1, sign);
        Add(c + 2L * ldc, c0, c1, sign);
        Add(c + 3L * ldc, d0, d1, sign);
        Add(c + 4L * ldc, e0, e1, sign);
        Add(c + 5L * ldc, f0, f1, sign);
        Add(c + 6L * ldc, g0, g1, sign);
        Add(c + 7L * ldc, h0, h1, sign);
    }

    private static void Tile(float* p, int ldp, float* q, int ldq, int depth, float* c, int ldc, float sign)
    {
        Vector256<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var t = 0; t < depth; t++)
        {
            var low = Vector256.Load(q);
            var high = Vector256.Load(q + 8);
            (a0, a1) = (Fma(p[0], low, a0), Fma(p[0], high, a1));
            (b0, b1) = (Fma(p[1], low, b0), Fma(p[1], high, b1));
            (c0, c1) = (Fma(p[2], low, c0), Fma(p[2], high, c1));
            (d0, d1) = (Fma(p[3], low, d0), Fma(p[3], high, d1));
            p += ldp;
            q += ldq;
        }

        Add(c, a0, a1, sign);
        Add(c + ldc, b0, b1, sign);
        Add(c + 2L * ldc, c0, c1, sign);
        Add(c + 3L * ldc, d0, d1, sign);
    }

    private static Vector512<float> Fma(float x, Vector512<float> y, Vector512<float> sum) => Vector512.FusedMultiplyAdd(Vector512.Create(x), y, sum);

    private static Vector256<float> Fma(float x, Vector256<float> y, Vector256<float> sum) => Vector256.FusedMultiplyAdd(Vector256.Create(x), y, sum);

    private static void Add(float* c, Vector512<float> low, Vector512<float> high, float sign)
    {
        Fma(sign, low, Vector512.Load(c)).Store(c);
        Fma(sign, high, Vector512.Load(c + 16)).Store(c + 16);
    }

    private static void Add(float* c, Vector256<float> low, Vector256<float> high, float sign)
    {
        Fma(sign, low, Vector256.Load(c)).Store(c);
        Fma(sign, high, Vector256.Load(c + 8)).Store(c + 8);
    }

    private static void Edge(float* p, int ldp, float* q, int ldq, int depth, float* c, int ldc, int rows, int columns, float sign)
    {
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
            {
                var sum = 0f;
                for (var t = 0; t < depth; t++)
                    sum = MathF.FusedMultiplyAdd(p[(long)t * ldp + i], q[(long)t * ldq + j], sum);
                var at = c + (long)i * ldc + j;
                *at = MathF.FusedMultiplyAdd(sign, sum, *at);
            }
    }
}
