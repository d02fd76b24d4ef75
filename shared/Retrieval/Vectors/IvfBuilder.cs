namespace Splitrail.Retrieval.Vectors;

/// <summary>Makes an <see cref="IvfVectorIndex"/> of floats.</summary>
public static unsafe class IvfBuilder
{
    /// <param name="rows">The vectors; at least one.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static IvfVectorIndex Build(FloatRows rows, IvfOptions options, CancellationToken cancellation = default)
    {
        var threads = options.ThreadsOrAll;
        var count = options.ListsFor(rows.Count);
        var centres = Clustering.Centres(rows, count, options.Iterations, options.Seed, threads, cancellation);
        var order = new int[rows.Count];
        for (var row = 0; row < order.Length; row++)
            order[row] = row;
        var assigned = new int[rows.Count];
        new NearestCentres(rows, centres).Assign(order, assigned, threads, cancellation);
        var (starts, slots) = Lay(assigned, count);
        var path = options.Path ?? VectorPaths.Best;
        var index = new IvfVectorIndex(
            rows, new CentreTable(centres, threads), Quantiser.InSlots(rows, slots, threads), starts, Math.Clamp(options.Probes, 1, count), path);
        return options.Probes > 0 ? index : index.With(ProbeTuning.Find(index, options.Recall, options.Seed));
    }

    /// <summary>Each list begins with a block of its own; the rest of its last block stays empty.</summary>
    private static (VectorBuffer<int> Starts, VectorBuffer<int> Slots) Lay(int[] assigned, int lists)
    {
        var members = new int[lists];
        foreach (var list in assigned)
            members[list]++;
        var starts = new VectorBuffer<int>(lists + 1);
        for (var list = 0; list < lists; list++)
            starts.Pointer[list + 1] = starts.Pointer[list] + (members[list] + QuantisedRows.BlockRows - 1) / QuantisedRows.BlockRows;
        var slots = new VectorBuffer<int>((long)starts.Pointer[lists] * QuantisedRows.BlockRows);
        new Span<int>(slots.Pointer, (int)slots.Length).Fill(-1);
        var next = new int[lists];
        for (var row = 0; row < assigned.Length; row++)
            slots.Pointer[(long)starts.Pointer[assigned[row]] * QuantisedRows.BlockRows + next[assigned[row]]++] = row;
        return (starts, slots);
    }
}
