namespace Splitrail.Datasets;

/// <summary>Numbers distinct ids from 0 in the order they come; <see cref="None"/> stands for a missing one.</summary>
internal sealed class IdTable(string kind)
{
    public const int None = -1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];

    public int Count => _ids.Count;

    public string this[int number] => _ids[number];

    public bool Contains(string id) => _numbers.ContainsKey(id);

    /// <exception cref="ArgumentException">The id cannot be written.</exception>
    public int NumberOf(string? id)
    {
        if (id is null) return None;
        if (_numbers.TryGetValue(id, out var number)) return number;
        if (DatasetIds.FaultOf(id) is { } fault) throw new ArgumentException($"{kind} id '{id}' {fault}");
        number = _ids.Count;
        _numbers.Add(id, number);
        _ids.Add(id);
        return number;
    }
}
