using System.Buffers;

namespace Splitrail.Contracts;

/// <summary>
/// What an id of a user, session, item, event or request looks like: harmless in a URL, a log, a file and a key. One rule for import and API, or the
/// import would take items that nobody can ask for.
/// </summary>
public static class ShopIds
{
    public const int MaxLength = 256;

    public const string Rule = "must have 1 to 256 characters, each one of A-Z a-z 0-9 - _ . : @ | ~ + =";

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:@|~+=");

    public static bool IsKept(ReadOnlySpan<char> id) => id.Length is > 0 and <= MaxLength && !id.ContainsAnyExcept(s_allowed);
}
