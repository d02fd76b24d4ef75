namespace Splitrail.RankingSvc.Serving;

/// <summary>
/// Which versions are kept in memory: those wanted, the most needed first, then those wanted before, the last used first, as far as the memory goes.
/// A rollback to one that is still there waits for no file.
/// </summary>
/// <param name="capacity">Bytes that all together may take; the first is kept whatever it takes.</param>
internal sealed class ModelShelf(long capacity)
{
    private readonly List<string> _order = [];

    /// <summary>What to keep, the most needed first.</summary>
    /// <param name="wanted">The most needed first.</param>
    /// <param name="sizeOf">Estimated bytes of a version; null for one that is not there any more.</param>
    public IReadOnlyList<string> Plan(IReadOnlyList<string> wanted, Func<string, long?> sizeOf)
    {
        _order.RemoveAll(wanted.Contains);
        _order.InsertRange(0, wanted);
        var kept = new List<string>();
        var left = capacity;
        foreach (var version in _order)
        {
            if (sizeOf(version) is not { } size || (size > left && kept.Count > 0))
                continue;
            kept.Add(version);
            left -= size;
        }

        _order.RemoveAll(version => !kept.Contains(version) && !wanted.Contains(version));
        return kept;
    }
}
