using Splitrail.Contracts;

namespace Splitrail.Datasets;

/// <summary>What an id may look like in a dataset: what the API takes, because an item that nobody can ask for is no use.</summary>
public static class DatasetIds
{
    /// <summary>Why the id is refused; null when it is good.</summary>
    public static string? FaultOf(ReadOnlySpan<char> id)
    {
        if (id.IsEmpty)
            return "is empty";
        return ShopIds.IsKept(id) ? null : $"{ShopIds.Rule}{Offender(id)}";
    }

    private static string Offender(ReadOnlySpan<char> id)
    {
        if (id.Length > ShopIds.MaxLength)
            return $"; it has {id.Length}";
        foreach (var character in id)
        {
            if (!ShopIds.IsKept([character]))
                return $"; it holds U+{(int)character:X4}";
        }

        return "";
    }
}
