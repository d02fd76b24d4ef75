namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>Users x items, sparse by row: what each rating is beyond the mean.</summary>
internal sealed class RatingMatrix
{
    private RatingMatrix(int columns, int[] starts, int[] column, float[] value) => (Columns, Starts, Column, Value) = (columns, starts, column, value);

    public int Rows => Starts.Length - 1;

    public int Columns { get; }

    /// <summary>Row r is [Starts[r], Starts[r + 1]).</summary>
    public int[] Starts { get; }

    public int[] Column { get; }

    public float[] Value { get; }

    public int Count => Column.Length;

    public ReadOnlySpan<int> ColumnsOf(int row) => Column.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    public ReadOnlySpan<float> ValuesOf(int row) => Value.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <param name="entries">Distinct pairs, in any order.</param>
    /// <param name="rows">Rows without entries are kept.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="mean">Taken off every value.</param>
    public static RatingMatrix From(IReadOnlyList<Rating> entries, int rows, int columns, float mean)
    {
        var sorted = entries.OrderBy(static entry => entry.User).ThenBy(static entry => entry.Item).ToArray();
        var starts = new int[rows + 1];
        foreach (var entry in sorted)
            starts[entry.User + 1]++;
        for (var row = 0; row < rows; row++)
            starts[row + 1] += starts[row];
        return new RatingMatrix(columns, starts, Array.ConvertAll(sorted, static entry => entry.Item), Array.ConvertAll(sorted, entry => entry.Stars - mean));
    }

    /// <summary>Items x users.</summary>
    public RatingMatrix Transpose()
    {
        var starts = new int[Columns + 1];
        foreach (var c in Column)
            starts[c + 1]++;
        for (var c = 0; c < Columns; c++)
            starts[c + 1] += starts[c];
        var (next, column, value) = (starts[..^1], new int[Count], new float[Count]);
        for (var row = 0; row < Rows; row++)
            for (var at = Starts[row]; at < Starts[row + 1]; at++)
            {
                var to = next[Column[at]]++;
                (column[to], value[to]) = (row, Value[at]);
            }

        return new RatingMatrix(Rows, starts, column, value);
    }
}

/// <param name="User">Number of who rated.</param>
/// <param name="Item">Number of what was rated.</param>
/// <param name="Stars">On the shop's scale.</param>
internal readonly record struct Rating(int User, int Item, float Stars);
