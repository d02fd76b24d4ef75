namespace Splitrail.Datasets;

/// <summary>What an id of a user, session or item may look like in a dataset: what a tab-separated line and a URL can carry.</summary>
public static class DatasetIds
{
    /// <summary>Characters (UTF-16 units) an id may have.</summary>
    public const int MaxLength = 256;

    /// <summary>Why the id is refused; null when it is good.</summary>
    public static string? FaultOf(ReadOnlySpan<char> id)
    {
        if (id.IsEmpty) return "is empty";
        if (id.Length > MaxLength) return $"has {id.Length} characters, at most {MaxLength} are allowed";
        foreach (var character in id)
        {
            if (char.IsControl(character)) return $"holds the control character U+{(int)character:X4}";
        }
        return HasLoneSurrogate(id) ? "holds half of a surrogate pair" : null;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> id)
    {
        for (var i = 0; i < id.Length; i++)
        {
            if (!char.IsSurrogate(id[i])) continue;
            if (i + 1 == id.Length || !char.IsSurrogatePair(id[i], id[i + 1])) return true;
            i++;
        }
        return false;
    }
}
