using System.Data.Common;
using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>What the shop counted in a stretch of time.</summary>
/// <param name="Impressions">Recommended items shown.</param>
/// <param name="Clicks">On recommendations.</param>
/// <param name="Purchases">All.</param>
/// <param name="Answers">How answers were; of shoppers in an experiment.</param>
internal sealed record ServedCounts(long Impressions, long Clicks, long Purchases, AnswerCounts Answers);

/// <summary>Reads <see cref="ServedCounts"/>. Its cost grows with the events of the stretch.</summary>
internal sealed class ServedCountReader(Database database)
{
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ServedCounts> ReadAsync(long fromMs, long untilMs, CancellationToken cancellationToken) =>
        database.ScanAsync((connection, token) => ReadAsync(connection, fromMs, untilMs, token), cancellationToken);

    private static async Task<ServedCounts> ReadAsync(DbConnection connection, long fromMs, long untilMs, CancellationToken cancellationToken)
    {
        var types = (await connection.QueryAsync<(string Type, long Count)>(new CommandDefinition(
            "SELECT type, COUNT(*) FROM outcomes WHERE arrived_ms >= @fromMs AND arrived_ms < @untilMs AND (type = 'purchase' OR request_id IS NOT NULL) GROUP BY type",
            new { fromMs, untilMs }, cancellationToken: cancellationToken))).ToDictionary(static row => row.Type, static row => row.Count);
        return new ServedCounts(
            types.GetValueOrDefault(EventTypes.Impression), types.GetValueOrDefault(EventTypes.Click), types.GetValueOrDefault(EventTypes.Purchase),
            await AnswerMinutes.SumAsync(connection, fromMs, untilMs, cancellationToken));
    }
}
