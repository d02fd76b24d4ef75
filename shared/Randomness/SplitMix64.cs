namespace Splitrail.Randomness;

/// <summary>
/// Seeded random numbers (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), the same on every platform. The k-th output of a
/// seed, counted from 1, is Mix(seed + k·γ): streams can be entered anywhere, and a mutable struct must be passed by reference.
/// </summary>
public struct SplitMix64(ulong seed)
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>The finaliser: a bijection of 64 bits that spreads every input bit over all of them.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A hash of a text, equal on every machine and in every run; not for secrets.</summary>
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = (ulong)text.Length;
        foreach (var character in text) hash = Mix((hash ^ character) + Gamma);
        return Mix(hash + Gamma);
    }

    /// <summary>A generator for the part of the work named by the stream number, independent of the others.</summary>
    public static SplitMix64 Stream(ulong seed, ulong stream) => new(Mix(Mix(seed + Gamma) ^ (stream * 0xD1342543DE82EF95)));

    public ulong Next() => Mix(_state += Gamma);

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound); the bias of the multiplication is below bound / 2^64.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Nearly normal (mean 0, variance 1): the sum of 12 uniforms less 6. Additions only, so that no platform's logarithm changes a bit.</summary>
    public double NextNormal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += NextDouble();
        return sum;
    }
}
