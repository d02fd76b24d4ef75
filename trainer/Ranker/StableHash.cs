namespace Splitrail.Trainer.Ranker;

/// <summary>Hashes that are the same in every process, for choices that have to be repeatable.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a over the characters, finished as SplitMix64 does, so that near ids fall far apart.</summary>
    public static ulong Of(string text, int seed = 0)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var character in text)
            hash = (hash ^ character) * 0x100000001B3;
        return Mix(hash + (ulong)seed);
    }

    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
