using System.Data.Common;
using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>
/// Which replica decides. Its token grows with each holder, and whatever a holder stores is refused once another one has a higher token: a lease alone cannot
/// stop a holder that was asleep while it ran out (Kleppmann, Designing Data-Intensive Applications, 2017, chapter 8).
/// </summary>
internal sealed class EvaluatorLease(Database database, ExperimentOptions options, TimeProvider time)
{
    private const string Name = "evaluator";

    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private long? _token;
    private long _renewed;

    /// <summary>Takes the lease when it is free or ran out, and renews it when a third of its time is over.</summary>
    /// <returns>This replica's token; null when another one has the lease.</returns>
    /// <exception cref="DatabaseAwayException">Nobody knows who has it.</exception>
    public async Task<long?> HoldAsync(CancellationToken cancellationToken)
    {
        if (_token is { } held && time.GetElapsedTime(_renewed) < options.EvaluationLease / 3)
            return held;
        _token = null;
        var asked = time.GetTimestamp();
        _token = await database.WriteAsync("evaluator-lease", TakeAsync, cancellationToken);
        _renewed = asked;
        return _token;
    }

    /// <summary>Lets the next replica have it at once.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_token is not { } token)
            return;
        _token = null;
        await database.WriteAsync((transaction, inner) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "UPDATE leases SET expires_ms = 0 WHERE name = @Name AND token = @token", new { Name, token }, transaction, cancellationToken: inner)), cancellationToken);
    }

    /// <summary>True while nobody else has taken the lease since; and until the transaction ends nobody can.</summary>
    public static async Task<bool> HoldsAsync(DbTransaction transaction, long token, CancellationToken cancellationToken) =>
        // An update rather than a read: PostgreSQL keeps the row locked until the transaction ends.
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "UPDATE leases SET token = token WHERE name = @Name AND token = @token", new { Name, token }, transaction, cancellationToken: cancellationToken)) == 1;

    private async Task<long?> TakeAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<LeaseRow>(new CommandDefinition(
            "SELECT holder AS Holder, token AS Token, expires_ms AS ExpiresMs FROM leases WHERE name = @Name", new { Name }, transaction, cancellationToken: cancellationToken));
        if (row is not null && row.Holder != _holder && row.ExpiresMs > now.ToUnixTimeMilliseconds())
            return null;
        // Another holder had it in between, or nobody renewed it in time: what this replica began before is refused.
        var token = row is null ? 1 : row.Holder == _holder && row.ExpiresMs > now.ToUnixTimeMilliseconds() ? row.Token : row.Token + 1;
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO leases (name, holder, token, expires_ms) VALUES (@Name, @_holder, @token, @expiresMs) "
            + "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = excluded.token, expires_ms = excluded.expires_ms",
            new { Name, _holder, token, expiresMs = (now + options.EvaluationLease).ToUnixTimeMilliseconds() }, transaction, cancellationToken: cancellationToken));
        return token;
    }

    private sealed record LeaseRow(string Holder, long Token, long ExpiresMs);
}
