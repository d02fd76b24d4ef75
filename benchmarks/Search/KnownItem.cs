using Splitrail.Contracts;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Search;

/// <summary>Somebody looks for an item he has in mind by some words of its title.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Exact">The words as they stand.</param>
/// <param name="Mistyped">A fifth of the words with one typing error.</param>
/// <param name="Unfinished">The words with the last one cut in the middle.</param>
internal sealed record KnownItem(string ItemId, string Exact, string Mistyped, string Unfinished)
{
    public const int Words = 4;
    private const double ErrorShare = 0.2;

    public static KnownItem[] Of(IReadOnlyList<CatalogItem> items, int count, ulong seed)
    {
        var random = SplitMix64.Stream(seed, 2);
        var known = new List<KnownItem>(count);
        while (known.Count < count)
        {
            var item = items[random.NextInt(items.Count)];
            var words = item.Title.ToLowerInvariant().Split([' ', ',', '.', '/', '&', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(static word => word is not ("with" or "of" or "the" or "and" or "in")).Distinct().ToList();
            if (words.Count < 2 || item.Stock <= 0)
                continue;
            while (words.Count > Words)
                words.RemoveAt(random.NextInt(words.Count));
            var mistyped = new string[words.Count];
            for (var w = 0; w < words.Count; w++)
                mistyped[w] = random.NextDouble() < ErrorShare && CanErr(words[w]) ? TypingErrors.In(words[w], ref random) : words[w];
            known.Add(new KnownItem(
                item.ItemId, string.Join(' ', words), string.Join(' ', mistyped),
                string.Join(' ', [.. words[..^1], words[^1][..Math.Min(words[^1].Length, Math.Max(2, (words[^1].Length + 1) / 2))]])));
        }

        return [.. known];
    }

    private static bool CanErr(string word) => word.Length >= TypingErrors.Shortest && word.All(char.IsAsciiLetter);
}
