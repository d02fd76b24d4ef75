using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Shop;

/// <summary>The shop in numbers, and its known users. Counting reads whole indexes, so counts are kept for some seconds.</summary>
internal sealed partial class ShopReader(Database database, TimeProvider time, ILogger<ShopReader> logger) : IDisposable
{
    private static readonly TimeSpan s_keep = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1);
    private volatile ShopStatistics? _known;
    private long _readAt;

    public void Dispose() => _one.Dispose();

    /// <summary>Counts of some seconds ago at once, while new ones are made behind the answer; only the first caller waits.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<ShopStatistics> StatisticsAsync(CancellationToken cancellationToken)
    {
        if (_known is not { } known)
            return await CountOnceAsync(cancellationToken);
        if (time.GetElapsedTime(_readAt) > s_keep && _one.CurrentCount > 0)
            _ = Task.Run(() => CountOnceAsync(CancellationToken.None), CancellationToken.None)
                .ContinueWith(failed => NotCounted(logger, failed.Exception!.GetBaseException().Message), TaskContinuationOptions.OnlyOnFaulted);
        return known;
    }

    private async Task<ShopStatistics> CountOnceAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_known is null || time.GetElapsedTime(_readAt) > s_keep)
            {
                _known = await database.ScanAsync(CountAsync, cancellationToken);
                _readAt = time.GetTimestamp();
            }

            return _known;
        }
        finally
        {
            _one.Release();
        }
    }

    [LoggerMessage(EventId = 240, Level = LogLevel.Warning, Message = "The shop could not be counted, older counts are shown: {Reason}")]
    private static partial void NotCounted(ILogger logger, string reason);

    /// <summary>Users by id, after <paramref name="after"/>; none when that is no id at all.</summary>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<IReadOnlyList<string>> UsersAsync(int limit, string? after, CancellationToken cancellationToken) => after is { Length: > 0 } && DatasetIds.FaultOf(after) is not null
        ? []
        : await database.ScanAsync<IReadOnlyList<string>>(async (connection, token) =>
        [
            .. await connection.QueryAsync<string>(new CommandDefinition(
                "SELECT DISTINCT user_id FROM events WHERE user_id IS NOT NULL AND type <> 'impression' AND user_id > @after ORDER BY user_id LIMIT @limit",
                new { after = after ?? "", limit }, cancellationToken: token)),
        ], cancellationToken);

    private static async Task<ShopStatistics> CountAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        Task<long?> OneAsync(string sql) => connection.ExecuteScalarAsync<long?>(new CommandDefinition(sql, cancellationToken: cancellationToken));

        return new ShopStatistics(
            await OneAsync("SELECT COUNT(*) FROM (SELECT DISTINCT user_id FROM events WHERE user_id IS NOT NULL AND type <> 'impression') AS users") ?? 0,
            await OneAsync("SELECT COUNT(*) FROM items WHERE hidden = 0") ?? 0,
            await OneAsync("SELECT COUNT(*) FROM events") ?? 0,
            await OneAsync("SELECT MIN(at_ms) FROM events"),
            await OneAsync("SELECT MAX(at_ms) FROM events"));
    }
}
