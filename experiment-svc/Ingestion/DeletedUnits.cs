using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// Of whom a deletion was asked for, as hashes: a message that comes again afterwards must not bring back what was deleted. What the same id does later is somebody's new beginning and counts.
/// </summary>
internal sealed class DeletedUnits(Database database)
{
    private static readonly BulkTable<Row> s_table = new("deleted_units", "unit_hash",
    [
        new("unit_hash", static row => row.Hash),
        new("at_ms", static row => row.AtMs),
    ]);

    public static string HashOf(string unit) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(unit)));

    public Task AddAsync(DbTransaction transaction, IEnumerable<string> units, long atMs, CancellationToken cancellationToken) =>
        database.UpsertAsync(transaction, s_table, [.. units.Select(unit => new Row(HashOf(unit), atMs))], "UPDATE SET at_ms = excluded.at_ms", cancellationToken);

    /// <summary>The batch, with what is of deleted people among the refused.</summary>
    public async Task<IntakeBatch> WithoutAsync(DbTransaction transaction, IntakeBatch batch, CancellationToken cancellationToken)
    {
        var any = await transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM deleted_units", transaction: transaction, cancellationToken: cancellationToken));
        if (any == 0 || batch.Count == 0)
            return batch;
        var units = batch.Exposures.Select(UnitKey.Of).Concat(batch.Exposures.Select(static one => one.LinkedUser).OfType<string>().Select(UnitKey.OfUser))
            .Concat(batch.Outcomes.SelectMany(static one => one.Units())).Distinct(StringComparer.Ordinal).ToDictionary(HashOf, StringComparer.Ordinal);
        var deleted = (await transaction.Connection!.QueryAsync<(string Hash, long AtMs)>(new CommandDefinition(
            $"SELECT unit_hash, at_ms FROM deleted_units WHERE {database.AnyOf("unit_hash", "keys")}", new { keys = database.Keys(units.Keys) }, transaction, cancellationToken: cancellationToken)))
            .ToDictionary(row => units[row.Hash], static row => row.AtMs, StringComparer.Ordinal);
        return deleted.Count == 0 ? batch : Split(batch, deleted);
    }

    private static IntakeBatch Split(IntakeBatch batch, Dictionary<string, long> deleted)
    {
        bool IsDeleted(string unit, long atMs) => deleted.TryGetValue(unit, out var until) && atMs <= until;
        var exposures = batch.Exposures.ToLookup(one => IsDeleted(UnitKey.Of(one), one.TimestampMs) || (one.LinkedUser is { } user && IsDeleted(UnitKey.OfUser(user), one.TimestampMs)));
        var outcomes = batch.Outcomes.ToLookup(one => one.Units().Any(unit => IsDeleted(unit, one.AtMs)));
        return batch with
        {
            Exposures = [.. exposures[false]],
            Outcomes = [.. outcomes[false]],
            Refused =
            [
                .. batch.Refused,
                .. exposures[true].Select(static one => new RefusedEvent("", QualityReasons.Deleted, one.ExposureId, 0)),
                .. outcomes[true].Select(static one => new RefusedEvent("", QualityReasons.Deleted, one.EventId, one.Content)),
            ],
        };
    }

    private sealed record Row(string Hash, long AtMs);
}
