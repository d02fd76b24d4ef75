namespace Splitrail.ExperimentSvc.Pages.Charts;

/// <param name="X">Where.</param>
/// <param name="Y">What.</param>
/// <param name="Low">Its interval's lower end; null where nothing bounds it.</param>
/// <param name="High">Its interval's upper end.</param>
/// <param name="OuterLow">The same of a wider interval.</param>
/// <param name="OuterHigh">The same of a wider interval.</param>
public readonly record struct CurvePoint(double X, double Y, double? Low = null, double? High = null, double? OuterLow = null, double? OuterHigh = null);

/// <param name="Name">What it is of.</param>
/// <param name="Points">In order of X.</param>
/// <param name="Look">Number of its colour and dashes.</param>
public sealed record Curve(string Name, IReadOnlyList<CurvePoint> Points, int Look);
