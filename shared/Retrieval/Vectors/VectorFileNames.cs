using System.Text;
using Splitrail.Models;

namespace Splitrail.Retrieval.Vectors;

/// <summary>The rows' names in an index file: UTF-8, each ended by a zero byte, which no id contains.</summary>
internal static class VectorFileNames
{
    /// <exception cref="ArgumentException">A name contains a zero.</exception>
    public static byte[] ToBytes(ItemIndex names)
    {
        if (names.Ids.FirstOrDefault(static name => name.Contains('\0')) is { } bad)
            throw new ArgumentException($"The name '{bad}' contains a zero.", nameof(names));
        // A leading zero byte: an index of no rows has names all the same.
        return Encoding.UTF8.GetBytes("\0" + string.Concat(names.Ids.Select(static name => name + '\0')));
    }

    /// <summary>Null when they are not so many different ones.</summary>
    public static ItemIndex? Read(ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.IsEmpty || bytes[0] != 0 || bytes[^1] != 0)
            return null;
        var names = Encoding.UTF8.GetString(bytes[1..]).Split('\0')[..^1];
        return names.Length == count && names.Distinct(StringComparer.Ordinal).Count() == count ? new ItemIndex(names) : null;
    }
}
