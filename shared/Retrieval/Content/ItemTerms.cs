using Splitrail.Contracts;

namespace Splitrail.Retrieval.Content;

/// <summary>What an item is about, as distinct terms: the words of its title, category and attributes, in lower case.</summary>
public static class ItemTerms
{
    /// <summary>Longer texts are descriptions; their beginning says enough.</summary>
    private const int MaxTerms = 200;
    private const int MaxLength = 40;

    public static IReadOnlyCollection<string> Of(CatalogItem item)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        Add(item.Title, terms);
        Add(item.Category, terms);
        foreach (var (_, value) in item.Attributes ?? new Dictionary<string, string>())
            Add(value, terms);
        return terms;
    }

    private static void Add(string? text, HashSet<string> terms)
    {
        if (text is null)
            return;
        var begin = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at]))
            {
                begin = begin < 0 ? at : begin;
                continue;
            }

            if (begin >= 0 && at - begin <= MaxLength && terms.Count < MaxTerms)
                terms.Add(text[begin..at].ToLowerInvariant());
            begin = -1;
        }
    }
}
