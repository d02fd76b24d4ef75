namespace Splitrail.CandidateSvc.Search.Columns;

/// <summary>Categories by number, whatever the case they are written in.</summary>
internal sealed class CategoryNames
{
    private readonly Dictionary<string, int> _numbers;
    private readonly List<string> _names;

    public CategoryNames() => (_numbers, _names) = (new(StringComparer.OrdinalIgnoreCase), []);

    private CategoryNames(CategoryNames other) => (_numbers, _names) = (new(other._numbers, StringComparer.OrdinalIgnoreCase), [.. other._names]);

    public int Count => _names.Count;

    public string this[int category] => _names[category];

    /// <returns>-1 for a category no item has had.</returns>
    public int Find(string name) => _numbers.GetValueOrDefault(name, -1);

    public CategoryNames Copy() => new(this);

    public int Add(string name)
    {
        _numbers.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }
}
