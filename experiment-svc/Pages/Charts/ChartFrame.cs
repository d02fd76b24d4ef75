using System.Globalization;
using System.Text;

namespace Splitrail.ExperimentSvc.Pages.Charts;

/// <summary>From values to pixels, and marks on the axes at round numbers.</summary>
/// <param name="FromX">At the left.</param>
/// <param name="ToX">At the right.</param>
/// <param name="FromY">At the bottom.</param>
/// <param name="ToY">At the top.</param>
internal readonly record struct ChartFrame(double FromX, double ToX, double FromY, double ToY)
{
    public const double Width = 640;
    public const double Height = 260;
    public const double Left = 60;
    public const double Right = 12;
    public const double Top = 10;
    public const double Bottom = 30;

    private const int Marks = 5;

    /// <summary>Everything is of one moment: there is one mark, and it stands in the middle.</summary>
    private bool IsMoment => ToX <= FromX;

    /// <summary>Between two marks of the x axis.</summary>
    public double Apart => (ToX - FromX) / (Marks - 1);

    /// <summary>Around all that is drawn and zero; intervals that nothing bounds, or that are absurdly wide at first, do not flatten the rest.</summary>
    public static ChartFrame Of(IEnumerable<Curve> curves)
    {
        CurvePoint[] points = [.. curves.SelectMany(static curve => curve.Points)];
        if (points.Length == 0)
            return new ChartFrame(0, 1, -1, 1);
        var (left, right) = (points.Min(static point => point.X), points.Max(static point => point.X));
        var reach = points.Where(point => point.X >= (left + right) / 2).Max(static point => Math.Abs(point.Y));
        var ends = points.SelectMany(static point => new[] { point.Y, point.Low ?? point.Y, point.High ?? point.Y })
            .Select(value => Math.Clamp(value, -Math.Max(1, 3 * reach), Math.Max(1, 3 * reach))).Append(0).ToArray();
        var (low, high) = (ends.Min(), ends.Max());
        var room = Math.Max(high - low, 1e-9) * 0.08;
        return new ChartFrame(left, right, low - room, high + room);
    }

    public double X(double value) => Left + ((IsMoment ? 0.5 : (value - FromX) / (ToX - FromX)) * (Width - Left - Right));

    public double Y(double value) => Height - Bottom - ((Math.Clamp(value, FromY, ToY) - FromY) / (ToY - FromY) * (Height - Top - Bottom));

    /// <summary>Round numbers from bottom to top.</summary>
    public IReadOnlyList<double> MarksY()
    {
        var rough = (ToY - FromY) / Marks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 });
        var (from, to) = (FromY, ToY);
        var first = Math.Ceiling(from / step);
        return [.. Enumerable.Range(0, Marks * 3).Select(i => (first + i) * step).TakeWhile(mark => mark <= to)];
    }

    public IReadOnlyList<double> MarksX()
    {
        var (from, to) = (FromX, ToX);
        return IsMoment ? [from] : [.. Enumerable.Range(0, Marks).Select(i => from + ((to - from) * i / (Marks - 1)))];
    }

    public string Line(IEnumerable<CurvePoint> points)
    {
        var path = new StringBuilder();
        foreach (var point in points)
            path.Append(path.Length == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{X(point.X):0.##} {Y(point.Y):0.##}");
        return path.ToString();
    }

    /// <summary>The area between two lines.</summary>
    public string Band(IReadOnlyList<(double X, double Low, double High)> ends)
    {
        if (ends.Count == 0)
            return "";
        return Line(ends.Select(static end => new CurvePoint(end.X, end.High))) + "L" + Line(ends.Reverse().Select(static end => new CurvePoint(end.X, end.Low)))[1..] + "Z";
    }
}
