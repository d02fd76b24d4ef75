namespace Splitrail.Models;

/// <summary>The items a model knows: ids to dense positions 0..Count-1 and back. Immutable.</summary>
public sealed class ItemIndex
{
    private readonly string[] _ids;
    private readonly Dictionary<string, int> _positions;

    public ItemIndex(IEnumerable<string> ids)
    {
        _ids = [.. ids];
        _positions = new Dictionary<string, int>(_ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < _ids.Length; i++)
            if (!_positions.TryAdd(_ids[i], i))
                throw new ArgumentException($"Item '{_ids[i]}' appears twice.", nameof(ids));
    }

    public int Count => _ids.Length;

    public IReadOnlyList<string> Ids => _ids;

    public string this[int item] => _ids[item];

    /// <summary>The item's position, or -1 when the model does not know it.</summary>
    public int Find(string id) => _positions.GetValueOrDefault(id, -1);
}
