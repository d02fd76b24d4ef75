using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// The product of two float rows as it is defined here: sixteen sums, lane l over the dimensions l, l + 16, … by fused multiply-add, then added in a
/// fixed tree. So every machine has the same bits, whatever the width of its registers.
/// </summary>
internal static unsafe class RowDot
{
    public const int Lanes = 16;

    /// <param name="a">Padded with zeros to a multiple of 16.</param>
    /// <param name="b">The same.</param>
    /// <param name="width">A multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float* a, float* b, int width)
    {
        if (Vector512.IsHardwareAccelerated)
            return Wide512(a, b, width);
        if (Vector256.IsHardwareAccelerated)
            return Wide256(a, b, width);
        return Vector128.IsHardwareAccelerated ? Wide128(a, b, width) : Plain(a, b, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Wide512(float* a, float* b, int width)
    {
        var sums = Vector512<float>.Zero;
        for (var i = 0; i < width; i += Lanes)
            sums = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), sums);
        var eight = sums.GetLower() + sums.GetUpper();
        return Sum(eight.GetLower() + eight.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Wide256(float* a, float* b, int width)
    {
        Vector256<float> low = default, high = default;
        for (var i = 0; i < width; i += Lanes)
        {
            low = Vector256.FusedMultiplyAdd(Vector256.Load(a + i), Vector256.Load(b + i), low);
            high = Vector256.FusedMultiplyAdd(Vector256.Load(a + i + 8), Vector256.Load(b + i + 8), high);
        }

        var eight = low + high;
        return Sum(eight.GetLower() + eight.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Wide128(float* a, float* b, int width)
    {
        Vector128<float> s0 = default, s4 = default, s8 = default, s12 = default;
        for (var i = 0; i < width; i += Lanes)
        {
            s0 = Vector128.FusedMultiplyAdd(Vector128.Load(a + i), Vector128.Load(b + i), s0);
            s4 = Vector128.FusedMultiplyAdd(Vector128.Load(a + i + 4), Vector128.Load(b + i + 4), s4);
            s8 = Vector128.FusedMultiplyAdd(Vector128.Load(a + i + 8), Vector128.Load(b + i + 8), s8);
            s12 = Vector128.FusedMultiplyAdd(Vector128.Load(a + i + 12), Vector128.Load(b + i + 12), s12);
        }

        return Sum((s0 + s8) + (s4 + s12));
    }

    /// <summary>The same by single numbers.</summary>
    public static float Plain(float* a, float* b, int width)
    {
        var sums = stackalloc float[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            sums[lane] = 0f;
        for (var i = 0; i < width; i += Lanes)
            for (var lane = 0; lane < Lanes; lane++)
                sums[lane] = MathF.FusedMultiplyAdd(a[i + lane], b[i + lane], sums[lane]);
        for (var half = Lanes / 2; half > 0; half /= 2)
            for (var lane = 0; lane < half; lane++)
                sums[lane] += sums[lane + half];
        return sums[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(Vector128<float> four) => (four[0] + four[2]) + (four[1] + four[3]);
}
