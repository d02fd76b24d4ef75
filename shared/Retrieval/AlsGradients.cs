using System.Runtime.Intrinsics;

namespace Splitrail.Retrieval;

/// <summary>
/// Conjugate gradients for one row of <see cref="AlsHalfStep"/> (Takács, Pilászy and Tikk 2011): the row's vectors are gathered once and all products run from
/// the gathered copy, in rows padded to 16 floats.
/// </summary>
internal static unsafe class AlsGradients
{
    private const float Settled = 1e-10f;

    /// <param name="gram">Y'Y + lambda I, symmetric, padded rows.</param>
    /// <param name="extra">Added to the diagonal for this row.</param>
    /// <param name="rows">The row's vectors, gathered.</param>
    /// <param name="confidence">c - 1 of each.</param>
    /// <param name="n">How many.</param>
    /// <param name="stride">Floats of a padded row.</param>
    /// <param name="steps">At most so many.</param>
    /// <param name="x">Where it starts and ends.</param>
    /// <param name="scratch">Three padded rows.</param>
    public static void Approach(float* gram, float extra, float* rows, float* confidence, int n, int stride, int steps, float* x, float* scratch)
    {
        var residual = scratch;
        var direction = scratch + stride;
        var product = scratch + 2 * stride;
        Apply(gram, extra, rows, confidence, n, stride, x, product);
        Clear(residual, stride);
        for (var i = 0; i < n; i++)
            RowMath.Add(rows + (long)i * stride, 1f + confidence[i], residual, stride);
        RowMath.Add(product, -1f, residual, stride);
        Buffer.MemoryCopy(residual, direction, stride * sizeof(float), stride * sizeof(float));
        var square = RowMath.Dot(residual, residual, stride);
        for (var step = 0; step < steps && square > Settled; step++)
        {
            Apply(gram, extra, rows, confidence, n, stride, direction, product);
            var length = square / RowMath.Dot(direction, product, stride);
            RowMath.Add(direction, length, x, stride);
            RowMath.Add(product, -length, residual, stride);
            var next = RowMath.Dot(residual, residual, stride);
            Turn(residual, next / square, direction, stride);
            square = next;
        }
    }

    /// <summary>product = (gram + extra I + sum of confidence_i y_i y_i') v.</summary>
    private static void Apply(float* gram, float extra, float* rows, float* confidence, int n, int stride, float* v, float* product)
    {
        if (Vector512.IsHardwareAccelerated && stride == 64)
        {
            Apply64(gram, rows, confidence, n, v, product);
            RowMath.Add(v, extra, product, stride);
            return;
        }

        Clear(product, stride);
        // The matrix is symmetric: its rows are its columns, and adding columns needs no sum across lanes.
        for (var k = 0; k < stride; k++)
            RowMath.Add(gram + (long)k * stride, v[k], product, stride);
        for (var i = 0; i < n; i++)
        {
            var row = rows + (long)i * stride;
            RowMath.Add(row, confidence[i] * RowMath.Dot(row, v, stride), product, stride);
        }

        RowMath.Add(v, extra, product, stride);
    }

    /// <summary>The same for the usual 64 factors, everything but the rows in registers.</summary>
    private static void Apply64(float* gram, float* rows, float* confidence, int n, float* v, float* product)
    {
        Vector512<float> p0 = default, p1 = default, p2 = default, p3 = default;
        for (var k = 0; k < 64; k++, gram += 64)
        {
            var factor = Vector512.Create(v[k]);
            p0 = Vector512.FusedMultiplyAdd(Vector512.Load(gram), factor, p0);
            p1 = Vector512.FusedMultiplyAdd(Vector512.Load(gram + 16), factor, p1);
            p2 = Vector512.FusedMultiplyAdd(Vector512.Load(gram + 32), factor, p2);
            p3 = Vector512.FusedMultiplyAdd(Vector512.Load(gram + 48), factor, p3);
        }

        var (v0, v1, v2, v3) = (Vector512.Load(v), Vector512.Load(v + 16), Vector512.Load(v + 32), Vector512.Load(v + 48));
        for (var i = 0; i < n; i++, rows += 64)
        {
            var (r0, r1, r2, r3) = (Vector512.Load(rows), Vector512.Load(rows + 16), Vector512.Load(rows + 32), Vector512.Load(rows + 48));
            var sums = Vector512.FusedMultiplyAdd(r1, v1, r0 * v0) + Vector512.FusedMultiplyAdd(r3, v3, r2 * v2);
            var factor = Vector512.Create(confidence[i] * Vector512.Sum(sums));
            p0 = Vector512.FusedMultiplyAdd(r0, factor, p0);
            p1 = Vector512.FusedMultiplyAdd(r1, factor, p1);
            p2 = Vector512.FusedMultiplyAdd(r2, factor, p2);
            p3 = Vector512.FusedMultiplyAdd(r3, factor, p3);
        }

        p0.Store(product);
        p1.Store(product + 16);
        p2.Store(product + 32);
        p3.Store(product + 48);
    }

    /// <summary>direction = residual + factor x direction.</summary>
    private static void Turn(float* residual, float factor, float* direction, int stride)
    {
        for (var d = 0; d < stride; d += 8)
            Vector256.FusedMultiplyAdd(Vector256.Load(direction + d), Vector256.Create(factor), Vector256.Load(residual + d)).Store(direction + d);
    }

    private static void Clear(float* values, int stride) => new Span<float>(values, stride).Clear();
}
