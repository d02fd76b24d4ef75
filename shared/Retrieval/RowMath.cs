using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Splitrail.Retrieval;

/// <summary>The few operations on short rows that solving small systems is made of, without a call each: rows of 16 to 128 numbers end before a call pays.</summary>
internal static unsafe class RowMath
{
    /// <summary>Has a row of so many numbers brought from memory while other work goes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* values, int count)
    {
        const int CacheLine = 16;
        if (Sse.IsSupported)
            for (var i = 0; i < count; i += CacheLine)
                Sse.Prefetch0(values + i);
    }

    /// <summary>to += factor x values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* values, float factor, float* to, int count)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; i <= count - 16; i += 16)
                Vector512.FusedMultiplyAdd(Vector512.Load(values + i), Vector512.Create(factor), Vector512.Load(to + i)).Store(to + i);
        for (; i <= count - 8; i += 8)
            Vector256.FusedMultiplyAdd(Vector256.Load(values + i), Vector256.Create(factor), Vector256.Load(to + i)).Store(to + i);
        for (; i < count; i++)
            to[i] = MathF.FusedMultiplyAdd(values[i], factor, to[i]);
    }

    /// <summary>values x= factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(float factor, float* values, int count) => SetScaled(values, factor, values, count);

    /// <summary>to = factor x values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetScaled(float* values, float factor, float* to, int count)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
            for (; i <= count - 16; i += 16)
                (Vector512.Load(values + i) * factor).Store(to + i);
        for (; i <= count - 8; i += 8)
            (Vector256.Load(values + i) * factor).Store(to + i);
        for (; i < count; i++)
            to[i] = values[i] * factor;
    }

    /// <summary>Sum of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(float* a, float* b, int count)
    {
        var i = 0;
        var sum = 0f;
        if (Vector512.IsHardwareAccelerated && count >= 16)
        {
            var wide = Vector512<float>.Zero;
            for (; i <= count - 16; i += 16)
                wide = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), wide);
            sum = Vector512.Sum(wide);
        }

        if (i <= count - 8)
        {
            var eight = Vector256<float>.Zero;
            for (; i <= count - 8; i += 8)
                eight = Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), eight);
            sum += Vector256.Sum(eight);
        }

        for (; i < count; i++)
            sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    /// <summary>x'Ax for a symmetric matrix: sums of a column block stay in a register.</summary>
    public static float Quadratic(float* matrix, float* x, int n)
    {
        var (sum, from) = (0f, 0);
        if (Vector512.IsHardwareAccelerated)
            for (; from <= n - 16; from += 16)
            {
                Vector512<float> even = default, odd = default;
                for (var k = 0; k + 1 < n; k += 2)
                {
                    even = Vector512.FusedMultiplyAdd(Vector512.Create(x[k]), Vector512.Load(matrix + k * n + from), even);
                    odd = Vector512.FusedMultiplyAdd(Vector512.Create(x[k + 1]), Vector512.Load(matrix + (k + 1) * n + from), odd);
                }

                if ((n & 1) != 0)
                    even = Vector512.FusedMultiplyAdd(Vector512.Create(x[n - 1]), Vector512.Load(matrix + (n - 1) * n + from), even);
                sum += Vector512.Sum((even + odd) * Vector512.Load(x + from));
            }

        for (; from < n; from++)
            sum = MathF.FusedMultiplyAdd(Dot(matrix + from * n, x, n), x[from], sum);
        return sum;
    }
}
