namespace Splitrail.Trainer.Import.Formats;

/// <summary>An item's title out of many lines: the most frequent, of equals the one seen last.</summary>
internal sealed class TitleVotes
{
    private readonly Dictionary<string, (int Votes, int LastSeen)> _votes = new(StringComparer.Ordinal);
    private int _seen;

    public void Add(string title)
    {
        if (title.Length == 0) return;
        _votes[title] = (_votes.GetValueOrDefault(title).Votes + 1, ++_seen);
    }

    /// <summary>Null when there was none.</summary>
    public string? Winner() => _votes.Count == 0 ? null : _votes.MaxBy(vote => vote.Value).Key;
}
