namespace Splitrail.Tests.Unit.Experiments;

/// <summary>Pearson's chi-square against equal or independent cells.</summary>
internal static class ChiSquare
{
    private const double NormalAtOneInAThousand = 3.090232306167813;

    /// <summary>Of counts that should all be equal; the degrees of freedom are their number less one.</summary>
    public static double OfUniform(ReadOnlySpan<int> counts)
    {
        var total = 0L;
        foreach (var count in counts)
            total += count;
        var (expected, sum) = (total / (double)counts.Length, 0.0);
        foreach (var count in counts)
            sum += (count - expected) * (count - expected);
        return sum / expected;
    }

    /// <summary>Of a table of rows by columns whose two sides should be independent; the degrees of freedom are (rows - 1)(columns - 1).</summary>
    public static double OfIndependent(int[] table, int columns)
    {
        var rows = table.Length / columns;
        var (byRow, byColumn, total) = (new double[rows], new double[columns], 0.0);
        for (var i = 0; i < table.Length; i++)
        {
            byRow[i / columns] += table[i];
            byColumn[i % columns] += table[i];
            total += table[i];
        }

        var sum = 0.0;
        for (var i = 0; i < table.Length; i++)
        {
            var expected = byRow[i / columns] * byColumn[i % columns] / total;
            sum += (table[i] - expected) * (table[i] - expected) / expected;
        }

        return sum;
    }

    /// <summary>What chance exceeds once in a thousand (Wilson and Hilferty 1931; off by less than 0.1 % above 30 degrees of freedom).</summary>
    public static double CriticalAtOneInAThousand(int degrees)
    {
        var part = 2.0 / (9 * degrees);
        var root = 1 - part + (NormalAtOneInAThousand * Math.Sqrt(part));
        return degrees * root * root * root;
    }
}
