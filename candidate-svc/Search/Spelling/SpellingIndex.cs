using System.Numerics;

namespace Splitrail.CandidateSvc.Search.Spelling;

/// <summary>
/// Finds the words of a vocabulary that are at most two edits from a given one, by symmetric deletion (Garbe 2012, "1000x faster spelling correction
/// algorithm"): instead of trying every edit of the query, letters are only taken out, on both sides. Words with digits are no spelling of anything.
/// </summary>
internal sealed class SpellingIndex
{
    /// <summary>Shorter words are next to too many others.</summary>
    private const int ShortestWord = 2;

    private readonly string[] _words;
    private readonly int[] _starts;
    private readonly uint[] _hashes;
    private readonly int[] _owners;

    private SpellingIndex(string[] words, int[] starts, uint[] hashes, int[] owners) => (_words, _starts, _hashes, _owners) = (words, starts, hashes, owners);

    public int WordCount => _words.Length;

    public static SpellingIndex Of(string[] words)
    {
        Span<uint> variants = stackalloc uint[DeleteVariants.Most];
        var total = 0;
        foreach (var word in words)
            total += VariantsOf(word, variants);
        var buckets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, total / 2));
        var starts = new int[buckets + 1];
        foreach (var word in words)
            foreach (var hash in variants[..VariantsOf(word, variants)])
                starts[(hash & (uint)(buckets - 1)) + 1]++;
        for (var bucket = 0; bucket < buckets; bucket++)
            starts[bucket + 1] += starts[bucket];
        var (hashes, owners, next) = (new uint[total], new int[total], starts[..^1]);
        for (var word = 0; word < words.Length; word++)
            foreach (var hash in variants[..VariantsOf(words[word], variants)])
            {
                var at = next[hash & (uint)(buckets - 1)]++;
                (hashes[at], owners[at]) = (hash, word);
            }

        return new SpellingIndex(words, starts, hashes, owners);
    }

    /// <summary>Adds the words within <paramref name="limit"/> edits, each once, in no order.</summary>
    public void Near(ReadOnlySpan<char> word, int limit, SpellingScratch scratch)
    {
        scratch.Begin(_words.Length);
        Span<uint> variants = stackalloc uint[DeleteVariants.Most];
        foreach (var hash in variants[..DeleteVariants.Of(word, limit, variants)])
        {
            var bucket = hash & (uint)(_starts.Length - 2);
            for (var at = _starts[bucket]; at < _starts[bucket + 1]; at++)
            {
                if (_hashes[at] != hash || !scratch.IsFirst(_owners[at]))
                    continue;
                var distance = EditDistance.Of(word, _words[_owners[at]], limit);
                if (distance <= limit)
                    scratch.Found.Add(new Respelling(_owners[at], distance));
            }
        }
    }

    public static bool HasDigit(ReadOnlySpan<char> word) => word.ContainsAnyInRange('0', '9');

    private static int VariantsOf(string word, Span<uint> variants) => word.Length < ShortestWord || HasDigit(word)
        ? 0
        : DeleteVariants.Of(word, word.Length < 4 ? 1 : 2, variants);
}

/// <param name="Word">Position in the vocabulary.</param>
/// <param name="Distance">Edits.</param>
internal readonly record struct Respelling(int Word, int Distance);
