using System.Globalization;

namespace Splitrail.Experiments;

/// <summary>
/// A version and its order by semver.org 2.0.0. A leading v and missing minor and patch parts are tolerated (shops write "v3.2"); build metadata is ignored.
/// </summary>
public readonly ref struct SemanticVersion
{
    private readonly uint _major;
    private readonly uint _minor;
    private readonly uint _patch;
    private readonly ReadOnlySpan<char> _prerelease;

    private SemanticVersion(uint major, uint minor, uint patch, ReadOnlySpan<char> prerelease)
    {
        (_major, _minor, _patch) = (major, minor, patch);
        _prerelease = prerelease;
    }

    public static bool TryRead(ReadOnlySpan<char> text, out SemanticVersion version)
    {
        version = default;
        if (text is ['v' or 'V', .. var rest])
            text = rest;
        if (text.IndexOf('+') is >= 0 and var build)
            text = text[..build];
        ReadOnlySpan<char> prerelease = default;
        if (text.IndexOf('-') is >= 0 and var dash)
        {
            prerelease = text[(dash + 1)..];
            text = text[..dash];
            if (prerelease.IsEmpty)
                return false;
        }

        Span<uint> parts = stackalloc uint[3];
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            if (count == 3 || !uint.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out parts[count++]))
                return false;
        }

        version = new SemanticVersion(parts[0], parts[1], parts[2], prerelease);
        return true;
    }

    /// <returns>Below, above or 0 as for numbers.</returns>
    public int CompareTo(SemanticVersion other)
    {
        var order = _major.CompareTo(other._major);
        if (order == 0)
            order = _minor.CompareTo(other._minor);
        if (order == 0)
            order = _patch.CompareTo(other._patch);
        return order != 0 ? order : ComparePrerelease(_prerelease, other._prerelease);
    }

    private static int ComparePrerelease(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        // A release is above its own prereleases.
        if (one.IsEmpty || other.IsEmpty)
            return one.IsEmpty.CompareTo(other.IsEmpty);
        while (!one.IsEmpty && !other.IsEmpty)
        {
            var order = CompareIdentifier(Next(ref one), Next(ref other));
            if (order != 0)
                return order;
        }

        return -one.IsEmpty.CompareTo(other.IsEmpty);
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest)
    {
        var dot = rest.IndexOf('.');
        var next = dot < 0 ? rest : rest[..dot];
        rest = dot < 0 ? default : rest[(dot + 1)..];
        return next;
    }

    private static int CompareIdentifier(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var isNumber = ulong.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var a);
        var isOtherNumber = ulong.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var b);
        if (isNumber && isOtherNumber)
            return a.CompareTo(b);
        return isNumber != isOtherNumber ? isNumber ? -1 : 1 : one.SequenceCompareTo(other);
    }
}
