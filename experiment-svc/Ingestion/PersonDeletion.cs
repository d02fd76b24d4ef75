using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Chains;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Who is to be forgotten: a user with all sessions known of him, or a session.</summary>
internal sealed record ForgetRequest
{
    public string? UserId { get; set; }

    public string? SessionId { get; set; }

    public Refusal? FaultOf()
    {
        if ((UserId is null) == (SessionId is null))
            return Refusal.Bad("user_id", UserId, "or session_id must be given, one of them");
        return ShopIds.IsKept(UserId ?? SessionId) ? null : Refusal.Bad(UserId is null ? "session_id" : "user_id", UserId ?? SessionId, ShopIds.Rule);
    }
}

/// <param name="Units">Users and sessions that were deleted.</param>
/// <param name="Exposures">Rows.</param>
/// <param name="Outcomes">Rows.</param>
/// <param name="Experiments">Whose sums are those without the person now.</param>
internal sealed record Forgotten(int Units, int Exposures, int Outcomes, IReadOnlyList<string> Experiments);

/// <summary>
/// Deletes a person and takes him out of every sum exactly, in one transaction with an entry in a hash-chained log of its own. Sums of experiments whose raw rows are gone stay: nothing in them leads to anybody.
/// </summary>
internal sealed class PersonDeletion(Database database, SessionLinks links, IntakeTransaction transactions, DeletedUnits deleted, IntakeWriter writer, TimeProvider time)
{
    public const string Kind = "person";

    public static ChainedLog Log { get; } = new("deletion_log");

    /// <exception cref="DatabaseAwayException">Nothing was deleted.</exception>
    public async Task<Forgotten> RunAsync(ForgetRequest request, string actor, CancellationToken cancellationToken)
    {
        var (forgotten, begun) = await database.WriteAsync(IntakeTransaction.Purpose, (transaction, token) => RunAsync(transaction, request, actor, token), cancellationToken);
        writer.Forget();
        foreach (var experiment in begun)
            await FindFirstAsync(experiment, cancellationToken);
        return forgotten;
    }

    /// <summary>Some rows at a time and outside of the deletion: in a large table it takes longer than a transaction may. Exposures that arrive meanwhile tell of themselves.</summary>
    private async Task FindFirstAsync(string experiment, CancellationToken cancellationToken)
    {
        var (first, after) = (long.MaxValue, "");
        while (await NextAsync(experiment, after, cancellationToken) is ({ Length: > 0 } last, var least))
            (first, after) = (Math.Min(first, least), last);
        if (first == long.MaxValue)
            return;
        await database.WriteAsync(IntakeTransaction.Purpose, (transaction, token) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "UPDATE experiment_intake SET first_ms = @first WHERE experiment = @experiment AND (first_ms IS NULL OR first_ms > @first)", new { experiment, first }, transaction, cancellationToken: token)), cancellationToken);
    }

    private Task<(string Last, long Least)> NextAsync(string experiment, string after, CancellationToken cancellationToken) => database.ScanAsync(
        (connection, token) => connection.QuerySingleAsync<(string, long)>(new CommandDefinition(
            "SELECT COALESCE(MAX(unit), ''), COALESCE(MIN(at_ms), 0) FROM (SELECT unit, at_ms FROM unit_exposures WHERE experiment = @experiment AND unit > @after ORDER BY unit LIMIT 20000) AS chunk",
            new { experiment, after }, cancellationToken: token)), cancellationToken);

    private async Task<(Forgotten Forgotten, IReadOnlyList<string> Begun)> RunAsync(DbTransaction transaction, ForgetRequest request, string actor, CancellationToken cancellationToken)
    {
        var units = await UnitsAsync(transaction, request, cancellationToken);
        var sharing = await ColumnAsync(transaction, "SELECT DISTINCT user_id FROM outcomes WHERE user_id IS NOT NULL AND ", "session_id", SessionsOf(units), cancellationToken);
        var experiments = await ColumnAsync(transaction, "SELECT DISTINCT experiment FROM unit_exposures WHERE ", "unit", units, cancellationToken);
        // Hardly ever any: to look for the first of the others is to read all of them.
        var begun = await ColumnAsync(
            transaction,
            "SELECT DISTINCT e.experiment FROM unit_exposures e JOIN experiment_intake i ON i.experiment = e.experiment AND i.sealed_ms IS NULL AND e.at_ms <= i.first_ms WHERE ", "e.unit", units, cancellationToken);
        var exposures = await DeleteAsync(transaction, "unit_exposures", "unit", units, cancellationToken);
        var outcomes = await DeleteAsync(transaction, "outcomes", "user_id", UsersOf(units), cancellationToken) + await DeleteAsync(transaction, "outcomes", "session_id", SessionsOf(units), cancellationToken);
        await DeleteAsync(transaction, "served_lists", "unit", units, cancellationToken);
        await DeleteAsync(transaction, "team_lists", "unit", units, cancellationToken);
        await DeleteAsync(transaction, "session_links", "session_id", SessionsOf(units), cancellationToken);
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        await deleted.AddAsync(transaction, units, nowMs, cancellationToken);
        await transactions.RecountAsync(transaction, [.. units, .. sharing.Select(UnitKey.OfUser)], cancellationToken);
        foreach (var experiment in begun)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                "UPDATE experiment_intake SET first_ms = NULL WHERE experiment = @experiment", new { experiment }, transaction, cancellationToken: cancellationToken));
        }

        var forgotten = new Forgotten(units.Count, exposures, outcomes, [.. experiments.Order(StringComparer.Ordinal)]);
        await AppendAsync(transaction, request, forgotten, actor, nowMs, cancellationToken);
        return (forgotten, begun);
    }

    /// <summary>A user's sessions are those he logged in on and those of his events.</summary>
    private async Task<HashSet<string>> UnitsAsync(DbTransaction transaction, ForgetRequest request, CancellationToken cancellationToken)
    {
        if (request.SessionId is { } session)
            return [UnitKey.OfSession(session)];
        var linked = (await links.OfUsersAsync(transaction, [request.UserId!], cancellationToken)).Select(static link => link.SessionId);
        var used = await ColumnAsync(transaction, "SELECT DISTINCT session_id FROM outcomes WHERE session_id IS NOT NULL AND ", "user_id", [request.UserId!], cancellationToken);
        return [UnitKey.OfUser(request.UserId!), .. linked.Concat(used).Select(UnitKey.OfSession)];
    }

    private async Task<IReadOnlyList<string>> ColumnAsync(DbTransaction transaction, string select, string column, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
    [
        .. await transaction.Connection!.QueryAsync<string>(new CommandDefinition(
            select + database.AnyOf(column, "keys"), new { keys = database.Keys(keys) }, transaction, cancellationToken: cancellationToken)),
    ];

    private Task<int> DeleteAsync(DbTransaction transaction, string table, string column, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            $"DELETE FROM {table} WHERE {database.AnyOf(column, "keys")}", new { keys = database.Keys(keys) }, transaction, cancellationToken: cancellationToken));

    /// <summary>Who it was is in the log as a hash only.</summary>
    private static async Task AppendAsync(DbTransaction transaction, ForgetRequest request, Forgotten forgotten, string actor, long nowMs, CancellationToken cancellationToken)
    {
        var last = await Log.LastAsync(transaction, cancellationToken);
        var id = DeletedUnits.HashOf(request.UserId is { } user ? UnitKey.OfUser(user) : UnitKey.OfSession(request.SessionId!));
        var entry = new DeletionEntry((last?.Sequence ?? 0) + 1, nowMs, actor, Kind, id, forgotten, last?.Hash ?? ChainHash.Genesis);
        var canonical = CanonicalJson.Of(JsonSerializer.SerializeToElement(entry, DeletionJson.Default.DeletionEntry));
        await Log.AppendAsync(transaction, new ChainRow(entry.Sequence, Kind, id, ChainHash.Of(canonical), canonical), cancellationToken);
    }

    private static string[] UsersOf(IEnumerable<string> units) => [.. units.Where(static unit => !UnitKey.IsSession(unit)).Select(UnitKey.IdOf)];

    private static string[] SessionsOf(IEnumerable<string> units) => [.. units.Where(UnitKey.IsSession).Select(UnitKey.IdOf)];
}

/// <summary>One deletion, as it is logged.</summary>
internal sealed record DeletionEntry(long Sequence, long AtMs, string Actor, string Kind, string Id, Forgotten Forgotten, string PrevHash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeletionEntry))]
internal sealed partial class DeletionJson : JsonSerializerContext;
