using System.Globalization;
using System.Numerics;
using System.Text;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>
/// Sufficient statistics over people in whole numbers, so that they do not depend on the order in which people were added: values are millionths, squares and products 10⁻¹², cubes 10⁻¹⁸.
/// A person's value stays below 10¹⁵ millionths (<see cref="MostMicros"/>), so squares of 10⁸ people fit into 128 bits; what would not fit throws. Cubes have no bound.
/// </summary>
/// <param name="Units">n.</param>
/// <param name="X">Σx, the value or the numerator.</param>
/// <param name="XX">Σx².</param>
/// <param name="XXX">Σx³.</param>
/// <param name="Y">Σy, the denominator.</param>
/// <param name="YY">Σy².</param>
/// <param name="XY">Σxy.</param>
/// <param name="C">Σc, the value from before the exposure.</param>
/// <param name="CC">Σc².</param>
/// <param name="XC">Σxc.</param>
/// <param name="Histogram">Of a quantile: its values; null for other metrics.</param>
internal readonly record struct ExactSums(
    long Units, Int128 X = default, Int128 XX = default, BigInteger XXX = default, Int128 Y = default, Int128 YY = default, Int128 XY = default, Int128 C = default, Int128 CC = default,
    Int128 XC = default, ExactHistogram? Histogram = null)
{
    public const long MostMicros = 1_000_000_000_000_000;

    private const double Micro = 1e6;
    private static readonly string[] s_names = ["n", "x", "xx", "xxx", "y", "yy", "xy", "c", "cc", "xc"];

    /// <summary>One person.</summary>
    /// <param name="x">Value or numerator, in millionths.</param>
    /// <param name="y">Denominator.</param>
    /// <param name="c">From before the exposure.</param>
    public static ExactSums Of(long x, long y, long c) =>
        new(1, x, (Int128)x * x, (BigInteger)((Int128)x * x) * x, y, (Int128)y * y, (Int128)x * y, c, (Int128)c * c, (Int128)x * c);

    public static ExactSums operator +(ExactSums one, ExactSums other) => checked(new(
        one.Units + other.Units, one.X + other.X, one.XX + other.XX, one.XXX + other.XXX, one.Y + other.Y, one.YY + other.YY, one.XY + other.XY,
        one.C + other.C, one.CC + other.CC, one.XC + other.XC, ExactHistogram.Sum(one.Histogram, other.Histogram)));

    public static ExactSums operator -(ExactSums sums) =>
        new(-sums.Units, -sums.X, -sums.XX, -sums.XXX, -sums.Y, -sums.YY, -sums.XY, -sums.C, -sums.CC, -sums.XC, sums.Histogram?.Negated());

    public static ExactSums operator -(ExactSums one, ExactSums other) => one + -other;

    /// <summary>As the statistics want them. Each double is the nearest to the exact sum, so equal sums give equal doubles.</summary>
    public MetricCell ToCell(MetricDefinition metric) => ToCell(metric.Kind, metric.HasCovariate);

    /// <summary>The same by what alone matters of a metric, as a log of decisions keeps it.</summary>
    public MetricCell ToCell(MetricKind kind, bool hasCovariate)
    {
        if (kind == MetricKind.Quantile)
            return new MetricCell(Units, 0, 0, Histogram: Histogram?.ToBuckets() ?? []);
        var (sum, squares, cubes) = (Value(X), Square(XX), (double)XXX / (Micro * Micro * Micro));
        if (kind == MetricKind.Ratio)
            return new MetricCell(Units, sum, squares, cubes, Value(Y), Square(YY), Square(XY));
        return hasCovariate ? new MetricCell(Units, sum, squares, cubes, Value(C), Square(CC), Square(XC)) : new MetricCell(Units, sum, squares, cubes);
    }

    /// <summary>The exact text: what is not 0, by name and in this order, such as <c>n=3 x=2000000 xx=2000000000000</c>. Empty when all are 0.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        BigInteger[] values = [Units, X, XX, XXX, Y, YY, XY, C, CC, XC];
        for (var i = 0; i < values.Length; i++)
        {
            if (!values[i].IsZero)
                text.Append(text.Length == 0 ? "" : " ").Append(s_names[i]).Append('=').Append(values[i].ToString(CultureInfo.InvariantCulture));
        }

        if (Histogram is not null)
            text.Append(text.Length == 0 ? "" : " ").Append(Histogram);
        return text.ToString();
    }

    /// <exception cref="FormatException">It is not what <see cref="ToString"/> writes.</exception>
    public static ExactSums Parse(string text)
    {
        Span<BigInteger> values = new BigInteger[s_names.Length];
        List<KeyValuePair<int, long>>? counts = null;
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 1 && part[0] == 'h' && int.TryParse(part.AsSpan(1, at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bucket))
            {
                (counts ??= []).Add(new(bucket, long.Parse(part.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)));
                continue;
            }

            var index = at < 0 ? -1 : Array.IndexOf(s_names, part[..at]);
            if (index < 0)
                throw new FormatException($"'{part}' is no part of sums.");
            values[index] = BigInteger.Parse(part.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        return new ExactSums(
            (long)values[0], (Int128)values[1], (Int128)values[2], values[3], (Int128)values[4], (Int128)values[5], (Int128)values[6], (Int128)values[7], (Int128)values[8], (Int128)values[9],
            counts is null ? null : ExactHistogram.Of(counts));
    }

    private static double Value(Int128 micros) => (double)micros / Micro;

    private static double Square(Int128 square) => (double)square / (Micro * Micro);
}
