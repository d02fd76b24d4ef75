namespace Splitrail.Trainer.Evaluation;

/// <summary>
/// Splits pairs of user and item without a random generator, so that anyone gets the same split: SplitMix64's finaliser (Steele, Lea and
/// Flood 2014) of user * 1000003 + item, below 0.2 is test, below 0.3 validation, the rest training.
/// </summary>
internal static class HashSplit
{
    public static SplitPart Of(long user, long item)
    {
        var h = unchecked((ulong)(user * 1_000_003 + item) + 0x9E3779B97F4A7C15);
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9;
        h = (h ^ (h >> 27)) * 0x94D049BB133111EB;
        h ^= h >> 31;
        return ((h >> 11) * (1.0 / (1UL << 53))) switch
        {
            < 0.2 => SplitPart.Test,
            < 0.3 => SplitPart.Validation,
            _ => SplitPart.Train,
        };
    }
}

internal enum SplitPart
{
    Train,
    Validation,
    Test,
}
