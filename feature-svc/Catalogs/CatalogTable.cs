using System.Data.Common;
using System.Globalization;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Catalogs;

/// <summary>The table of items. Every write takes the next version of the catalogue, so that readers find what changed by one comparison.</summary>
internal static class CatalogTable
{
    public const string Counter = "catalog";

    // An owner's edit leaves from_dataset as it is: the item still goes when its dataset goes.
    private const string Replace =
        "UPDATE SET title = excluded.title, category = excluded.category, price_micros = excluded.price_micros, stock = excluded.stock, "
        + "hidden = excluded.hidden, attributes = excluded.attributes, version = excluded.version, "
        + "from_dataset = CASE WHEN excluded.from_dataset = 1 THEN 1 ELSE items.from_dataset END";

    /// <summary>Inserts or replaces; no two items of one id. Returns the version they got.</summary>
    public static async Task<long> UpsertAsync(DbTransaction transaction, IEnumerable<CatalogItem> items, bool fromDataset, CancellationToken cancellationToken)
    {
        var version = await Counters.NextAsync(transaction, Counter, cancellationToken);
        foreach (var some in items.Chunk(1_000))
            await RowInsert.ExecuteAsync(transaction, ItemRow.Table, [.. some.Select(item => ItemRow.Of(item, fromDataset, version))], Replace, cancellationToken);
        return version;
    }

    /// <summary>Hides what an earlier dataset brought and the one of this version does not have.</summary>
    public static Task<int> HideGoneAsync(DbTransaction transaction, long version, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "UPDATE items SET hidden = 1, version = @version WHERE from_dataset = 1 AND version <> @version AND hidden = 0",
            new { version }, transaction, cancellationToken: cancellationToken));

    /// <summary>Where this database's versions start.</summary>
    public static async Task<long> BornAsync(DbConnection connection, CancellationToken cancellationToken) =>
        long.Parse(
            await connection.ExecuteScalarAsync<string>(new CommandDefinition("SELECT value FROM meta WHERE key = 'catalog_born'", cancellationToken: cancellationToken)) ?? "0",
            CultureInfo.InvariantCulture);

    public static async Task<IReadOnlyList<ItemRow>> ChangedSinceAsync(DbConnection connection, long version, long until, CancellationToken cancellationToken) =>
    [
        .. await connection.QueryAsync<ItemRow>(new CommandDefinition(
            "SELECT id AS Id, title AS Title, category AS Category, price_micros AS PriceMicros, stock AS Stock, hidden AS Hidden, "
            + "attributes AS Attributes, from_dataset AS FromDataset, version AS Version FROM items WHERE version > @version AND version <= @until",
            new { version, until }, cancellationToken: cancellationToken)),
    ];
}
