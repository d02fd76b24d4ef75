namespace Splitrail.CandidateSvc.Search.Spelling;

/// <summary>What one look-up of spellings works on, reused by one thread at a time.</summary>
internal sealed class SpellingScratch
{
    private int[] _seen = [];
    private int _round;

    public List<Respelling> Found { get; } = new(64);

    public void Begin(int words)
    {
        Found.Clear();
        if (_seen.Length < words || _round == int.MaxValue)
            (_seen, _round) = (new int[Math.Max(words, _seen.Length)], 0);
        _round++;
    }

    /// <summary>True the first time it is asked of a word.</summary>
    public bool IsFirst(int word)
    {
        if (_seen[word] == _round)
            return false;
        _seen[word] = _round;
        return true;
    }
}
