using Shouldly;
using Splitrail.CandidateSvc.Search.Spelling;
using Splitrail.Randomness;
using Xunit;

namespace Splitrail.Tests.Unit.CandidateSvc.Search;

public sealed class SpellingIndexTests
{
    [Fact]
    public void It_finds_exactly_the_words_that_a_comparison_with_all_finds()
    {
        var random = new SplitMix64(3);
        string[] words = [.. Enumerable.Range(0, 3000).Select(_ => Word(ref random)).Distinct().Order(StringComparer.Ordinal)];
        var index = SpellingIndex.Of(words);
        var scratch = new SpellingScratch();

        for (var query = 0; query < 400; query++)
        {
            var typed = Mistyped(words[random.NextInt(words.Length)], ref random);
            var limit = Math.Max(1, EditDistance.Tolerance(typed.Length));
            index.Near(typed, limit, scratch);

            // Words of two and three letters are listed by single deletions: one edit of theirs is found, two are not asked for by queries that short.
            var expected = Enumerable.Range(0, words.Length).Where(word => words[word].Length >= 4 && EditDistance.Of(typed, words[word], limit) <= limit);
            scratch.Found.Where(near => words[near.Word].Length >= 4).Select(near => near.Word).Order().ShouldBe(expected, typed);
            scratch.Found.Select(near => near.Word).ShouldBeUnique();
        }
    }

    [Fact]
    public void A_number_is_not_a_misspelt_number()
    {
        var scratch = new SpellingScratch();
        SpellingIndex.Of(["85123a", "1234", "mug"]).Near("1235", 2, scratch);
        scratch.Found.ShouldBeEmpty();
    }

    private static string Word(ref SplitMix64 random)
    {
        // Few letters, so that many words are close to each other.
        var letters = new char[2 + random.NextInt(9)];
        for (var i = 0; i < letters.Length; i++)
            letters[i] = "abcde"[random.NextInt(5)];
        return new string(letters);
    }

    private static string Mistyped(string word, ref SplitMix64 random)
    {
        for (var edit = random.NextInt(3); edit > 0; edit--)
        {
            var at = random.NextInt(word.Length);
            word = random.NextInt(4) switch
            {
                0 => word.Remove(at, 1) is { Length: > 0 } shorter ? shorter : word,
                1 => word.Insert(at, "c"),
                2 => word.Remove(at, 1).Insert(at, "e"),
                _ => at + 1 < word.Length ? word[..at] + word[at + 1] + word[at] + word[(at + 2)..] : word,
            };
        }

        return word;
    }
}
