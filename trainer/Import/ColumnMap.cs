namespace Splitrail.Trainer.Import;

/// <summary>Reads <c>--map user=UID,item=SKU</c>.</summary>
internal static class ColumnMap
{
    /// <exception cref="InputException">A part is not FIELD=COLUMN, or a field is named twice.</exception>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> arguments)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in arguments.SelectMany(argument => argument.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0 || equals == part.Length - 1) throw new InputException($"--map '{part}' is not FIELD=COLUMN, such as user=CustomerID");
            var field = part[..equals].Trim().ToLowerInvariant();
            if (!map.TryAdd(field, part[(equals + 1)..].Trim())) throw new InputException($"--map names {field} twice");
        }
        return map;
    }
}
