namespace Splitrail.Sql;

/// <summary>How rows of <typeparamref name="T"/> go into a table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Its key columns.</param>
/// <param name="Columns">Columns of the table.</param>
public sealed record BulkTable<T>(string Name, string Key, IReadOnlyList<BulkColumn<T>> Columns)
{
    public string ColumnNames { get; } = string.Join(", ", Columns.Select(static column => column.Name));
}

/// <summary>One column: text or a 64-bit number, either may be null.</summary>
public sealed class BulkColumn<T>
{
    private readonly Func<T, string?>? _text;
    private readonly Func<T, long?>? _number;

    public BulkColumn(string name, Func<T, string?> text) => (Name, _text) = (name, text);

    public BulkColumn(string name, Func<T, long?> number) => (Name, _number) = (name, number);

    public string Name { get; }

    internal bool IsText => _text is not null;

    internal string? TextOf(T row) => _text!(row);

    internal long? NumberOf(T row) => _number!(row);

    internal object ValueOf(T row) => IsText ? TextOf(row) ?? (object)DBNull.Value : NumberOf(row) ?? (object)DBNull.Value;
}
