using Splitrail.Contracts;
using Splitrail.Trainer.Import.Tables;

namespace Splitrail.Trainer.Import.Formats;

/// <summary>
/// Which column holds which field; -1 for none. A field that <c>--map</c> does not name is looked for under its own name, with and without _id.
/// </summary>
internal sealed class MappedColumns
{
    /// <exception cref="InputException">A field is unknown, its column is not in the table, or a needed one is missing.</exception>
    public MappedColumns(Table table, IReadOnlyDictionary<string, string> map, string path)
    {
        var faults = new List<string>();
        foreach (var field in map.Keys.Except(Fields))
            faults.Add($"--map {field}={map[field]}: there is no field {field}; fields are {string.Join(", ", Fields)}");
        int Column(string field) => ColumnOf(field, table, map, faults);
        (Item, Time, User, Session) = (Column("item"), Column("time"), Column("user"), Column("session"));
        (Type, Rating, Quantity, Price) = (Column("type"), Column("rating"), Column("quantity"), Column("price"));
        (Title, Category, Stock) = (Column("title"), Column("category"), Column("stock"));
        if (Item < 0) faults.Add("no column for item: say --map item=COLUMN");
        if (Time < 0) faults.Add("no column for time: say --map time=COLUMN");
        if (User < 0 && Session < 0) faults.Add("no column for user or session: say --map user=COLUMN");
        if (faults.Count > 0) throw new InputException($"{path}: {string.Join("; ", faults)}; its columns are {table.HeaderText}");
    }

    public static IReadOnlyList<string> Fields { get; } =
        ["user", "session", "item", "time", "type", "rating", "quantity", "price", "title", "category", "stock"];

    public int Item { get; }

    public int Time { get; }

    public int User { get; }

    public int Session { get; }

    public int Type { get; }

    public int Rating { get; }

    public int Quantity { get; }

    public int Price { get; }

    public int Title { get; }

    public int Category { get; }

    public int Stock { get; }

    /// <summary>What a line means in a table without types: a rating if it has one, else a purchase if it has a price or quantity, else a view.</summary>
    public string TypeWhenNone => Rating >= 0 ? EventTypes.Rating : Price >= 0 || Quantity >= 0 ? EventTypes.Purchase : EventTypes.View;

    private static int ColumnOf(string field, Table table, IReadOnlyDictionary<string, string> map, List<string> faults)
    {
        if (!map.TryGetValue(field, out var named)) return Math.Max(table.Find(field), table.Find(field + "_id"));
        var column = table.Find(named);
        if (column < 0) faults.Add($"--map {field}={named}: there is no such column");
        return column;
    }
}
