using Splitrail.Randomness;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// How many lists have to be probed for a recall, found by asking: rows drawn at random are the queries, their true neighbours come from a search through
/// all lists, and the row itself, which any search finds, does not count.
/// </summary>
internal static class ProbeTuning
{
    private const int Queries = 256;
    private const int Neighbours = 10;

    public static int Find(IvfVectorIndex index, double recall, ulong seed)
    {
        var random = SplitMix64.Stream(seed, 1);
        var queries = new int[Math.Min(Queries, index.Rows.Count)];
        for (var q = 0; q < queries.Length; q++)
            queries[q] = random.NextInt(index.Rows.Count);
        var scratch = new VectorScratch();
        var truth = Array.ConvertAll(queries, query => Found(index, query, index.Lists, scratch));
        var (tooFew, enough) = (0, 1);
        while (enough < index.Lists && !Reaches(enough))
            (tooFew, enough) = (enough, Math.Min(index.Lists, enough * 2));
        while (enough - tooFew > Math.Max(1, enough / 16))
        {
            var middle = (tooFew + enough) / 2;
            if (Reaches(middle))
                enough = middle;
            else
                tooFew = middle;
        }

        return enough;

        bool Reaches(int probes)
        {
            int hits = 0, wanted = 0;
            for (var q = 0; q < queries.Length; q++)
            {
                hits += Found(index, queries[q], probes, scratch).Intersect(truth[q]).Count();
                wanted += truth[q].Length;
            }

            return hits >= recall * wanted;
        }
    }

    private static int[] Found(IvfVectorIndex index, int row, int probes, VectorScratch scratch)
    {
        Span<Neighbour> best = stackalloc Neighbour[Neighbours + 1];
        var found = index.Search(index.Rows[row], null, best, scratch, probes);
        var rows = new List<int>(found);
        foreach (var neighbour in best[..found])
            if (neighbour.Row != row)
                rows.Add(neighbour.Row);
        return [.. rows];
    }
}
