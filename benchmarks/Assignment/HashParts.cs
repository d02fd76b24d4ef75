using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Splitrail.Contracts;
using Splitrail.Experiments;

namespace Splitrail.Benchmarks.Assignment;

/// <summary>One hash of one unit, in nanoseconds: what the choices in shared/Experiments rest on.</summary>
internal static class HashParts
{
    private const int Lanes = 8;

    public static IEnumerable<(string Name, double Nanoseconds)> Measure(string[] units)
    {
        byte[][] texts = [.. units.Select(Encoding.UTF8.GetBytes)];
        var message = new byte[128];
        var digest = new byte[SHA256.HashSizeInBytes];
        yield return ("platform_sha256_ns", Nanoseconds(i =>
        {
            texts[i].CopyTo(message, 0);
            SHA256.HashData(message.AsSpan(0, texts[i].Length + 15), digest);
            return BinaryPrimitives.ReadUInt32LittleEndian(digest);
        }));
        yield return ("own_sha256_ns", Of(LayerHashes.Compatible, 1, texts));
        yield return ("own_sha256_of_8_layers_ns", Of(LayerHashes.Compatible, Lanes, texts));
        yield return ("xxhash64_ns", Of(LayerHashes.Fast, 1, texts));
        yield return ("growthbook_v2_ns", Of(LayerHashes.GrowthBook2, 1, texts));
    }

    private static double Of(string hash, int layers, byte[][] texts)
    {
        var slots = new int[layers];
        var maker = SlotHashes.Of(hash, [.. Enumerable.Range(0, layers).Select(static i => $"layer-{i}-seed-1")]);
        return Nanoseconds(i =>
        {
            maker.Slots(texts[i], slots);
            return slots[0];
        });
    }

    private static double Nanoseconds(Func<int, long> work) => 1e9 / Pace.Of(i => work(i & (AssignmentScene.Units - 1))).PerSecond;
}
