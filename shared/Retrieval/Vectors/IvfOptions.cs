namespace Splitrail.Retrieval.Vectors;

/// <summary>How an <see cref="IvfVectorIndex"/> is built and asked.</summary>
/// <param name="Lists">How many; 0 chooses by the number of rows.</param>
/// <param name="Probes">Lists looked at for a query without a filter; 0 finds by trying how many <see cref="Recall"/> needs.</param>
/// <param name="Recall">Share of the ten true neighbours of a row that a search has to find, measured on a sample of the rows.</param>
/// <param name="Iterations">Of k-means.</param>
/// <param name="Seed">The same seed and rows give the same index, whatever the number of threads.</param>
/// <param name="Threads">At most so many; 0 takes all cores.</param>
/// <param name="Path">Instructions; null takes the fastest.</param>
public sealed record IvfOptions(int Lists = 0, int Probes = 0, double Recall = 0.99, int Iterations = 6, ulong Seed = 1, int Threads = 0, VectorPath? Path = null)
{
    internal int ThreadsOrAll => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>About four times the root of the rows: looking through the centres then costs as much as looking through the lists.</summary>
    internal int ListsFor(int rows) => Math.Clamp(Lists > 0 ? Lists : (int)(4 * Math.Sqrt(rows)), 1, Math.Max(1, rows));
}
