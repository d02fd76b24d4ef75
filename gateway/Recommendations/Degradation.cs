namespace Splitrail.Gateway.Recommendations;

/// <summary>The fallback level of one request and the cause of the highest one; levels only rise.</summary>
internal struct Degradation
{
    public const int Full = 0;
    public const int WithoutRanker = 1;
    public const int WithoutPersonal = 2;
    public const int OwnPopularList = 3;
    public const int Nothing = 4;

    public int Level { get; private set; }

    public string? Cause { get; private set; }

    public void Raise(int level, string cause)
    {
        if (level <= Level)
            return;
        Level = level;
        Cause = cause;
    }

    /// <summary>To a level that something earlier may already have explained.</summary>
    public void RaiseKeepingCause(int level, string otherwise) => Raise(level, Cause ?? otherwise);
}
