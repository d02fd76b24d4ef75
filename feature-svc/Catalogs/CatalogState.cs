using System.Text.Json;
using Splitrail.Contracts;

namespace Splitrail.FeatureSvc.Catalogs;

/// <summary>The whole catalogue at one version, immutable; answers what changed since an earlier one.</summary>
internal sealed class CatalogState
{
    private readonly (long Version, CatalogItem Item)[] _byVersion;
    private readonly Lazy<byte[]> _full;

    private CatalogState(long born, long version, (long Version, CatalogItem Item)[] byVersion)
    {
        (Born, Version, _byVersion) = (born, version, byVersion);
        _full = new Lazy<byte[]>(() => Write(new CatalogFeedResponse(Outcomes.Changed, Version, Full: true, ItemsFrom(0))));
    }

    /// <summary>Versions below are of another database.</summary>
    public long Born { get; }

    public long Version { get; }

    public int Count => _byVersion.Length;

    /// <param name="born">First version of the database; nothing has a version as low.</param>
    public static CatalogState Empty(long born) => new(born, born, []);

    /// <summary>The state after these changes.</summary>
    public CatalogState Apply(long version, IReadOnlyList<ItemRow> changed)
    {
        var ids = changed.Select(static row => row.Id).ToHashSet(StringComparer.Ordinal);
        var kept = _byVersion.Where(entry => !ids.Contains(entry.Item.ItemId));
        var added = changed.OrderBy(static row => row.Version).ThenBy(static row => row.Id, StringComparer.Ordinal).Select(static row => (row.Version, row.ToItem()));
        return new CatalogState(Born, version, [.. kept, .. added]);
    }

    /// <summary>The answer to a reader that holds <paramref name="held"/>, as JSON.</summary>
    public byte[] AnswerTo(long held)
    {
        if (held == Version)
            return Write(new CatalogFeedResponse(Outcomes.Unchanged, Version, Full: false, []));
        // A version from the future is as unknown as one from another database: the database was put back.
        return held < Born || held > Version
            ? _full.Value
            : Write(new CatalogFeedResponse(Outcomes.Changed, Version, Full: false, ItemsFrom(FirstAfter(held))));
    }

    public static byte[] NotReady { get; } = Write(new CatalogFeedResponse(Outcomes.NotReady, 0, Full: false, []));

    private static byte[] Write(CatalogFeedResponse response) => JsonSerializer.SerializeToUtf8Bytes(response, ContractsJson.Default.CatalogFeedResponse);

    private CatalogItem[] ItemsFrom(int start)
    {
        var items = new CatalogItem[_byVersion.Length - start];
        for (var i = 0; i < items.Length; i++)
            items[i] = _byVersion[start + i].Item;
        return items;
    }

    private int FirstAfter(long version)
    {
        var (low, high) = (0, _byVersion.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_byVersion[middle].Version <= version)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
