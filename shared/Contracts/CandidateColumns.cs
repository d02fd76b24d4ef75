using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Splitrail.Contracts;

/// <summary>
/// Candidates by column. Numbers are little-endian bytes, base64 in JSON: some hundreds of candidates with their signals, written and read as
/// decimal digits by three processes, were the largest part of a recommendation's CPU. What comes from another process is asked for its
/// <see cref="Fault"/> before anything else.
/// </summary>
/// <param name="ItemIds">The items, best first; their number is the count of the other columns.</param>
/// <param name="Signals">Names of the signals.</param>
/// <param name="Sources">Names of the candidate sources, at most 32.</param>
/// <param name="Scores">count float32: the mix's score, higher is better; good enough to serve when the ranker is away.</param>
/// <param name="SignalValues">count x signals float32, by candidate.</param>
/// <param name="SourceMasks">count uint32: bit i is set when source i proposed the item.</param>
public sealed record CandidateColumns(string[] ItemIds, string[] Signals, string[] Sources, byte[] Scores, byte[] SignalValues, byte[] SourceMasks)
{
    private const int MaxSources = 32;

    public static CandidateColumns Empty { get; } = new([], [], [], [], [], []);

    [JsonIgnore]
    public int Count => ItemIds.Length;

    public static CandidateColumns Of(
        string[] itemIds, string[] signals, string[] sources, ReadOnlySpan<float> scores, ReadOnlySpan<float> signalValues, ReadOnlySpan<uint> sourceMasks) =>
        new(itemIds, signals, sources, Bytes(scores), Bytes(signalValues), Bytes(sourceMasks));

    public float ScoreOf(int candidate) => Floats(Scores)[candidate];

    /// <summary>One value per name in <see cref="Signals"/>.</summary>
    public ReadOnlySpan<float> SignalsOf(int candidate) => Floats(SignalValues).Slice(candidate * Signals.Length, Signals.Length);

    /// <summary>Bit i is set when source i of <see cref="Sources"/> proposed the item.</summary>
    public uint SourcesOf(int candidate) => Masks[candidate];

    /// <summary>What is wrong with the columns; null when they may be used.</summary>
    public string? Fault()
    {
        if (ItemIds is null || Signals is null || Sources is null || Scores is null || SignalValues is null || SourceMasks is null)
            return "a column is missing.";
        if (ItemIds.AsSpan().Contains(null) || Signals.AsSpan().Contains(null) || Sources.AsSpan().Contains(null))
            return "an id or a name is null.";
        if (Sources.Length > MaxSources)
            return $"there are {Sources.Length} sources, and a mask has room for {MaxSources}.";
        if (Scores.Length != (long)Count * sizeof(float) || SourceMasks.Length != (long)Count * sizeof(uint))
            return $"{Count} items come with {Scores.Length} bytes of scores and {SourceMasks.Length} of sources: give 4 each per item.";
        if (SignalValues.Length != (long)Count * Signals.Length * sizeof(float))
            return $"{Count} items with {Signals.Length} signals come with {SignalValues.Length} bytes of values: give 4 per item and signal.";
        if (!AreFinite(Floats(Scores)) || !AreFinite(Floats(SignalValues)))
            return "a score or a signal is no finite number.";
        return AreNamed(Masks) ? null : "a mask has a bit that is no source's.";
    }

    private ReadOnlySpan<uint> Masks => MemoryMarshal.Cast<byte, uint>(SourceMasks);

    // The bytes are little-endian, as is every platform that .NET 10 and the suite's images run on.
    private static ReadOnlySpan<float> Floats(byte[] column) => MemoryMarshal.Cast<byte, float>(column);

    private static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : struct => MemoryMarshal.AsBytes(values).ToArray();

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    private bool AreNamed(ReadOnlySpan<uint> masks)
    {
        var seen = 0U;
        foreach (var mask in masks)
            seen |= mask;
        return (ulong)seen >> Sources.Length == 0;
    }
}
