using Splitrail.Randomness;

namespace Splitrail.CandidateSvc.Search.Vectors;

/// <summary>
/// A term as a vector: a few entries of +1 and -1 at places that follow from its letters alone (sparse Johnson-Lindenstrauss: Achlioptas 2003; Kane and Nelson 2014).
/// Products of sums of such vectors are, up to a small error, those of the sums themselves, so cosines of TF-IDF come out of short vectors, no table of words
/// is kept, and an item that came a second ago is in the same space as all others.
/// </summary>
internal static class TextProjection
{
    public const int Width = 128;

    private const int Entries = 8;

    public static void Add(ReadOnlySpan<char> term, float weight, Span<float> vector)
    {
        var random = new SplitMix64(SplitMix64.Hash(term));
        for (var entry = 0; entry < Entries; entry++)
        {
            var draw = random.Next();
            vector[(int)(draw % Width)] += (draw >> 63) == 0 ? weight : -weight;
        }
    }
}
