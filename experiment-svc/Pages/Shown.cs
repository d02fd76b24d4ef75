using System.Globalization;

namespace Splitrail.ExperimentSvc.Pages;

/// <summary>Numbers and moments as people read them. What is not known is a dash.</summary>
internal static class Shown
{
    public const string Nothing = "–";

    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static string Moment(DateTimeOffset? at) => at is { } known ? known.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", s_culture) : Nothing;

    public static string Moment(long? ms) => Moment(ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null);

    /// <summary>On an axis, as exactly as marks so far apart need.</summary>
    public static string Mark(long ms, double apartMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString(apartMs switch { < 60_000 => "HH:mm:ss", < 6 * 3_600_000 => "HH:mm", _ => "d MMM" }, s_culture);

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

    /// <summary>As a form's field takes it.</summary>
    public static string Field(double? value) => value?.ToString("0.######", s_culture) ?? "";

    /// <summary><c>roll_back</c> is "roll back".</summary>
    public static string Words(string? name) => name?.Replace('_', ' ') ?? Nothing;
}
