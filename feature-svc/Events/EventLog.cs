using System.Data.Common;
using Splitrail.Contracts;
using Splitrail.FeatureSvc.Contexts;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Events;

/// <summary>The table of events. Storing is idempotent by event id, in any order.</summary>
internal sealed class EventLog(Database database, ContextCache contexts)
{
    /// <summary>One transaction; returns how many were new.</summary>
    /// <exception cref="DatabaseAwayException">Nothing was stored.</exception>
    public async Task<long> StoreAsync(IReadOnlyList<ShopEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return 0;
        var stored = await database.WriteAsync((transaction, token) => InsertAsync(transaction, events, token), cancellationToken);
        foreach (var shopEvent in events)
            contexts.Invalidate(shopEvent);
        return stored;
    }

    private static async Task<long> InsertAsync(DbTransaction transaction, IReadOnlyList<ShopEvent> events, CancellationToken cancellationToken)
    {
        var seq = await Counters.NextAsync(transaction, EventTable.Counter, cancellationToken);
        var rows = events.Select(shopEvent => new StoredEvent(shopEvent, seq)).ToArray();
        return await RowInsert.ExecuteAsync(transaction, EventTable.Columns, rows, "NOTHING", cancellationToken);
    }
}
