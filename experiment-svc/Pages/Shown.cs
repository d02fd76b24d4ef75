using System.Globalization;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.ExperimentSvc.Pages;

/// <summary>Numbers and moments as people read them. What is not known is a dash.</summary>
internal static class Shown
{
    public const string Nothing = "–";

    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static string Moment(DateTimeOffset? at) => at is { } known ? known.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", s_culture) : Nothing;

    /// <summary>A day of UTC.</summary>
    public static string Day(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("d MMM yyyy", s_culture);

    public static string Moment(long? ms) => Moment(ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null);

    /// <summary>On an axis, as exactly as marks so far apart need.</summary>
    public static string Mark(long ms, double apartMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString(apartMs switch { < 60_000 => "HH:mm:ss", < 4 * 3_600_000 => "HH:mm", < 24 * 3_600_000 => "d MMM HH:mm", _ => "d MMM" }, s_culture);

    public static string Count(long? number) => number?.ToString("#,0", s_culture) ?? Nothing;

    public static string Count(double? number) => number?.ToString(number < 10 ? "0.#" : "#,0", s_culture) ?? Nothing;

    /// <summary>0.0512 is 5.12 %. A slot is a ten-thousandth of that: more digits would show how slots were rounded.</summary>
    public static string Percent(double? part) => part is { } known ? (known * 100).ToString("0.###", s_culture) + " %" : Nothing;

    /// <summary>The same with its sign and fewer digits: a change.</summary>
    public static string Change(double? part) => part is { } known ? (known * 100).ToString("+0.0;−0.0;0.0", s_culture) + " %" : Nothing;

    /// <summary>Four significant digits.</summary>
    public static string Value(double? value) => value is { } known ? known.ToString(Math.Abs(known) >= 1000 ? "#,0" : "G4", s_culture) : Nothing;

    /// <summary>One digit: stars are given whole.</summary>
    public static string Stars(double stars) => stars.ToString("0.0", s_culture);

    /// <summary>The end of a bar of stars: shops have scales of five, or of ten.</summary>
    public static double MostStars(IReadOnlyList<double>? interval) => interval is [_, > 5] ? 10 : 5;

    public static string Chance(double? part) => part is { } known ? (known * 100).ToString(known is > 0.001 and < 0.999 ? "0.0" : "0.00", s_culture) + " %" : Nothing;

    /// <summary>A chance of being wrong; nobody reads more than four digits of it.</summary>
    public static string PValue(double? p) => p is { } known ? known < 0.0001 ? "< 0.0001" : known.ToString("0.####", s_culture) : Nothing;

    /// <summary>A metric's value in its unit: rates as percentages, times in milliseconds.</summary>
    public static string Measured(string metric, double? value) => MetricTable.Find(metric) switch
    {
        _ when value is null => Nothing,
        { Kind: MetricKind.Proportion } or { Denominator: Quantity.Impressions or Quantity.Clicks } => Percent(Math.Round(value.Value, 4)),
        { Kind: MetricKind.Quantile } => Value(value) + " ms",
        { Numerator: Quantity.Revenue or Quantity.AttributedRevenue } => value.Value.ToString("#,0.00", s_culture),
        _ => Value(value),
    };

    /// <summary>1 item, 2 items.</summary>
    public static string Plural(long number, string one, string? many = null) => $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>As a form's field takes it.</summary>
    public static string Field(double? value) => value?.ToString("0.######", s_culture) ?? "";

    /// <summary><c>roll_back</c> is "roll back".</summary>
    public static string Words(string? name) => name?.Replace('_', ' ') ?? Nothing;

    /// <summary>The same as a heading.</summary>
    public static string Title(string? name) => Words(name) is { Length: > 0 } words ? char.ToUpperInvariant(words[0]) + words[1..] : Nothing;

    /// <summary>A sentence of the decision log, with names of metrics as words: the log keeps them as programs write them.</summary>
    public static string Sentence(string text) =>
        MetricTable.Names.OrderByDescending(static name => name.Length).Aggregate(text, static (said, name) => said.Replace(name, Words(name), StringComparison.Ordinal)).Replace("(-", "(−", StringComparison.Ordinal)
            .Replace(" to -", " to −", StringComparison.Ordinal);
}
