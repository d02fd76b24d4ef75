using Splitrail.Retrieval;

namespace Splitrail.Trainer.Training;

/// <summary>Subjects x items, sparse by row, columns ascending; the value is the strength of the interest.</summary>
internal sealed class InteractionMatrix
{
    private InteractionMatrix(int columns, int[] starts, int[] column, float[] strength) =>
        (Columns, Starts, Column, Strength) = (columns, starts, column, strength);

    public int Rows => Starts.Length - 1;

    public int Columns { get; }

    /// <summary>Row r is [Starts[r], Starts[r + 1]).</summary>
    public int[] Starts { get; }

    public int[] Column { get; }

    public float[] Strength { get; }

    public ReadOnlySpan<int> ColumnsOf(int row) => Column.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    public ReadOnlySpan<float> StrengthsOf(int row) => Strength.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>Sums the weights of each pair and turns them into strengths; pairs without positive weight and empty rows are left out.</summary>
    public static InteractionMatrix From(IEnumerable<(int Row, int Column, float Weight)> entries, int columns)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, static (a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Column.CompareTo(b.Column));
        var starts = new List<int> { 0 };
        var column = new List<int>(sorted.Length);
        var strength = new List<float>(sorted.Length);
        for (int at = 0, next; at < sorted.Length; at = next)
        {
            var sum = 0f;
            for (next = at; next < sorted.Length && sorted[next].Row == sorted[at].Row && sorted[next].Column == sorted[at].Column; next++)
                sum += sorted[next].Weight;
            if (sum > 0)
            {
                column.Add(sorted[at].Column);
                strength.Add(InteractionStrength.Of(sum));
            }

            if ((next == sorted.Length || sorted[next].Row != sorted[at].Row) && column.Count > starts[^1])
                starts.Add(column.Count);
        }

        return new InteractionMatrix(columns, [.. starts], [.. column], [.. strength]);
    }

    /// <summary>Items x subjects; rows without entries are kept, since they are items.</summary>
    public InteractionMatrix Transpose()
    {
        var starts = new int[Columns + 1];
        foreach (var c in Column)
            starts[c + 1]++;
        for (var c = 0; c < Columns; c++)
            starts[c + 1] += starts[c];
        var next = starts[..^1];
        var column = new int[Column.Length];
        var strength = new float[Column.Length];
        for (var row = 0; row < Rows; row++)
            for (var at = Starts[row]; at < Starts[row + 1]; at++)
            {
                var to = next[Column[at]]++;
                (column[to], strength[to]) = (row, Strength[at]);
            }

        return new InteractionMatrix(Rows, starts, column, strength);
    }
}
