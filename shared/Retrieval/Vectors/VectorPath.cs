using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Splitrail.Retrieval.Vectors;

/// <summary>Instructions a scan may use. All of them give the same sums to the bit: they add whole numbers.</summary>
public enum VectorPath
{
    /// <summary>No vector instructions.</summary>
    Plain,

    /// <summary>x64 with AVX2.</summary>
    Avx2,

    /// <summary>x64 with AVX-VNNI.</summary>
    AvxVnni,

    /// <summary>arm64 with the dot product extension.</summary>
    AdvSimd,
}

/// <summary>What this machine can do.</summary>
public static class VectorPaths
{
    /// <summary>Slowest first.</summary>
    public static IReadOnlyList<VectorPath> Supported { get; } = [.. Enum.GetValues<VectorPath>().Where(IsSupported)];

    public static VectorPath Best => Supported[^1];

    public static bool IsSupported(VectorPath path) => path switch
    {
        VectorPath.Plain => true,
        VectorPath.Avx2 => Avx2.IsSupported,
        VectorPath.AvxVnni => AvxVnni.IsSupported,
        VectorPath.AdvSimd => Dp.IsSupported,
        _ => false,
    };
}
