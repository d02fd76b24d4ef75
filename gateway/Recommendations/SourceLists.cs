namespace Splitrail.Gateway.Recommendations;

/// <summary>Masks of sources as lists of names. Few combinations occur among the candidates of a request, so each list is made once.</summary>
internal sealed class SourceLists(string[] names)
{
    private readonly Dictionary<uint, string[]> _lists = [];

    public string[] Of(uint mask)
    {
        if (!_lists.TryGetValue(mask, out var list))
            _lists[mask] = list = [.. names.Where((_, source) => (mask >> source & 1) != 0)];
        return list;
    }
}
