using Splitrail.Randomness;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// k-means (Lloyd 1982) on a sample, by squared distance, started from rows drawn at random. Assignments are independent of each other and means are summed
/// in the order of the rows, so the result is the same for any number of threads.
/// </summary>
internal static class Clustering
{
    /// <summary>More rows of the sample per centre move a centre by less than its own spread.</summary>
    private const int SamplePerCentre = 48;

    /// <param name="rows">At least as many as centres.</param>
    /// <param name="count">Centres.</param>
    /// <param name="iterations">Passes over the sample.</param>
    /// <param name="seed">Of the sample and the start.</param>
    /// <param name="threads">At most so many.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Centres, one a row.</returns>
    public static FloatRows Centres(FloatRows rows, int count, int iterations, ulong seed, int threads, CancellationToken cancellation)
    {
        var sample = Sample(rows, (int)Math.Min(rows.Count, (long)count * SamplePerCentre), seed);
        var centres = FloatRows.Zeroed(count, rows.Width);
        for (var c = 0; c < count; c++)
            centres.Set(c, rows[sample[(int)((long)c * sample.Length / count)]]);
        var assigned = new int[sample.Length];
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            new NearestCentres(rows, centres).Assign(sample, assigned, threads, cancellation);
            Move(rows, sample, assigned, centres);
        }

        return centres;
    }

    /// <summary>Distinct rows in random order: the first steps of a shuffle (Fisher and Yates).</summary>
    private static int[] Sample(FloatRows rows, int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var order = new int[rows.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        for (var i = 0; i < count; i++)
        {
            var other = i + random.NextInt(order.Length - i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order[..count];
    }

    /// <summary>Each centre to the mean of its rows; one without rows to a row of the largest cluster, where one more centre helps most.</summary>
    private static void Move(FloatRows rows, int[] sample, int[] assigned, FloatRows centres)
    {
        var sums = new double[centres.Count * centres.Width];
        var members = new int[centres.Count];
        for (var i = 0; i < sample.Length; i++)
        {
            members[assigned[i]]++;
            var sum = sums.AsSpan(assigned[i] * centres.Width, centres.Width);
            var row = rows[sample[i]];
            for (var d = 0; d < row.Length; d++)
                sum[d] += row[d];
        }

        var mean = new float[centres.Width];
        for (var c = 0; c < centres.Count; c++)
        {
            if (members[c] == 0)
                continue;
            for (var d = 0; d < mean.Length; d++)
                mean[d] = (float)(sums[c * mean.Length + d] / members[c]);
            centres.Set(c, mean);
        }

        for (var c = 0; c < centres.Count; c++)
            if (members[c] == 0)
                TakeFromLargest(rows, sample, assigned, members, centres, c);
    }

    private static void TakeFromLargest(FloatRows rows, int[] sample, int[] assigned, int[] members, FloatRows centres, int empty)
    {
        var largest = Array.IndexOf(members, members.Max());
        var taken = Array.LastIndexOf(assigned, largest);
        assigned[taken] = empty;
        members[largest]--;
        members[empty]++;
        centres.Set(empty, rows[sample[taken]]);
    }
}
