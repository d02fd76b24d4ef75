using System.Globalization;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Rules;

/// <summary>Collects all that is wrong with a definition, each with its member, its value and the fix.</summary>
internal sealed class Faults
{
    public const int MaxIdLength = 64;

    private static readonly System.Buffers.SearchValues<char> s_idCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly List<InputFault> _all = [];

    public IReadOnlyList<InputFault> All => _all;

    public bool None => _all.Count == 0;

    public void Add(string member, object? value, string rule) => _all.Add(new InputFault(member, value, rule));

    public void Id(string member, string? id)
    {
        if (id is null || id.Length is 0 or > MaxIdLength || id.AsSpan().ContainsAnyExcept(s_idCharacters))
            Add(member, id, $"must be 1 to {MaxIdLength} characters of a-z, 0-9, '-' and '_'{Length(id)}");
    }

    public void Text(string member, string? text, int most, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
            Add(member, text, $"must say {what}");
        else if (text.Length > most)
            Add(member, text, $"must have at most {most} characters; it has {text.Length}");
    }

    public void OneOf(string member, string? value, IReadOnlyList<string> known)
    {
        if (value is null || !known.Contains(value))
            Add(member, value, $"must be one of {string.Join(", ", known)}");
    }

    /// <summary>True when the list may be looked into: it is there, not too long, and no element is null.</summary>
    public bool List<T>(string member, IReadOnlyList<T>? list, int most)
    {
        if (list is null)
            Add(member, null, "must be a list");
        else if (list.Count > most)
            Add(member, list.Count, $"must have at most {most} elements");
        else if (list.Any(static element => element is null))
            Add(member, "null", "must not hold null");
        else
            return true;
        return false;
    }

    public void Unique(string member, IEnumerable<string> ids)
    {
        foreach (var twice in ids.GroupBy(static id => id, StringComparer.Ordinal).Where(static same => same.Count() > 1))
            Add(member, twice.Key, $"is used {twice.Count()} times: give each its own");
    }

    public static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Length(string? id) => id?.Length > MaxIdLength ? $"; it has {id.Length}" : "";
}
