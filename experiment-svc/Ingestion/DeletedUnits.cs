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
        if (batch.Count == 0)
            return batch;
        var deleted = await UntilAsync(
            transaction,
            batch.Exposures.Select(UnitKey.Of).Concat(batch.Exposures.Select(static one => one.LinkedUser).OfType<string>().Select(UnitKey.OfUser))
                .Concat(batch.Outcomes.SelectMany(static one => one.Units())).Concat(batch.Teams.Select(static one => one.Unit)),
            cancellationToken);
        return deleted.Count == 0 ? batch : Split(batch, deleted);
    }

    /// <summary>Up to when each of the units was deleted; those that never were are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, long>> UntilAsync(DbTransaction transaction, IEnumerable<string> units, CancellationToken cancellationToken)
    {
        var any = await transaction.Connection!.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM deleted_units", transaction: transaction, cancellationToken: cancellationToken));
        if (any == 0)
            return new Dictionary<string, long>();
        var byHash = units.Distinct(StringComparer.Ordinal).ToDictionary(HashOf, StringComparer.Ordinal);
        return (await transaction.Connection!.QueryAsync<(string Hash, long AtMs)>(new CommandDefinition(
            $"SELECT unit_hash, at_ms FROM deleted_units WHERE {database.AnyOf("unit_hash", "keys")}", new { keys = database.Keys(byHash.Keys) }, transaction, cancellationToken: cancellationToken)))
            .ToDictionary(row => byHash[row.Hash], static row => row.AtMs, StringComparer.Ordinal);
    }

    private static IntakeBatch Split(IntakeBatch batch, IReadOnlyDictionary<string, long> deleted)
    {
        bool IsDeleted(string unit, long atMs) => deleted.TryGetValue(unit, out var until) && atMs <= until;
        var exposures = batch.Exposures.ToLookup(one => IsDeleted(UnitKey.Of(one), one.TimestampMs) || (one.LinkedUser is { } user && IsDeleted(UnitKey.OfUser(user), one.TimestampMs)));
        var outcomes = batch.Outcomes.ToLookup(one => one.Units().Any(unit => IsDeleted(unit, one.AtMs)));
        return batch with
        {
            Exposures = [.. exposures[false]],
            Outcomes = [.. outcomes[false]],
            Teams = [.. batch.Teams.Where(one => !IsDeleted(one.Unit, one.AtMs))],
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
