using System.Collections.Frozen;

namespace Splitrail.ExperimentSvc.Metrics;

/// <summary>All dimensions, in the order in which a person's values are written.</summary>
internal static class DimensionTable
{
    public const string Other = "other";
    public const string Unknown = "unknown";

    /// <summary>Had events before the first exposure.</summary>
    public const string Returning = "returning";
    public const string New = "new";

    /// <summary>Of the unit that was exposed first.</summary>
    public const string Known = "known";
    public const string Guest = "guest";

    private const int CountryLetters = 2;

    public static Dimension Device { get; } = Words("device", "What it was shown on.", "desktop", "mobile", "tablet", "app", "tv");

    public static Dimension Page { get; } = Words("page", "Where it was shown.", "home", "category", "search", "product", "cart", "checkout", "account", "landing");

    public static Dimension Country { get; } = new("country", "ISO 3166 code of the shopper's country.", static sent => IsCountry(sent) ? sent.ToUpperInvariant() : Other);

    public static Dimension Visitor { get; } = Words("visitor", "Who had done something in the shop before his first exposure, and who had not.", Returning, New);

    public static Dimension Account { get; } = Words("account", "Who was known as a user at his first exposure, and who was a guest.", Known, Guest);

    public static IReadOnlyList<Dimension> All { get; } = [Device, Page, Country, Visitor, Account];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static dimension => dimension.Name)];

    /// <summary>Null when there is no such dimension.</summary>
    public static Dimension? Find(string name) => All.FirstOrDefault(dimension => dimension.Name == name);

    private static Dimension Words(string name, string summary, params string[] words)
    {
        var known = words.ToFrozenDictionary(static word => word, StringComparer.OrdinalIgnoreCase);
        return new Dimension(name, summary, sent => known.GetValueOrDefault(sent, Other));
    }

    private static bool IsCountry(string sent) => sent.Length == CountryLetters && sent.All(char.IsAsciiLetter);
}
