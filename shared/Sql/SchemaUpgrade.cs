using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Splitrail.Hosting;

namespace Splitrail.Sql;

/// <summary>
/// Brings the schema up when the service starts. Safe with several replicas starting at once: the whole upgrade is one transaction under one
/// lock. A database that is away is tried again until it is there.
/// </summary>
public sealed partial class SchemaUpgrade(
    Database database, SchemaPlan plan, Readiness readiness, TimeProvider time, ILogger<SchemaUpgrade> logger) : BackgroundService
{
    private const string Part = "schema";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the schema is there. Await it before the first statement at start.</summary>
    public Task Completed => _completed.Task;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Require(Part);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryUpgradeAsync(stoppingToken))
            await Task.Delay(RetryAfter, time, stoppingToken);
        database.MarkUsable();
        readiness.MarkReady(Part);
        _completed.SetResult();
    }

    private async Task<bool> TryUpgradeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var applied = await database.LoadAsync("migrations", ApplyAsync, cancellationToken);
            Upgraded(logger, plan.Area, database.System, plan.Migrations.Count, applied);
            return true;
        }
        catch (DatabaseAwayException away)
        {
            Waiting(logger, plan.Area, away.Message);
            return false;
        }
    }

    private async Task<int> ApplyAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_versions (area TEXT PRIMARY KEY, version BIGINT NOT NULL)", transaction: transaction);
        var held = await connection.ExecuteScalarAsync<long?>("SELECT version FROM schema_versions WHERE area = @Area", new { plan.Area }, transaction) ?? 0;
        var missing = plan.Migrations.Where(migration => migration.Version > held).ToArray();
        foreach (var statement in missing.SelectMany(static migration => migration.Statements))
            await connection.ExecuteAsync(new CommandDefinition(statement, transaction: transaction, cancellationToken: cancellationToken));
        // A newer replica may have gone further already: its schema has to suit the older one, the number stays.
        await connection.ExecuteAsync(
            "INSERT INTO schema_versions (area, version) VALUES (@Area, @Version) ON CONFLICT (area) DO UPDATE SET version = excluded.version WHERE excluded.version > schema_versions.version",
            new { plan.Area, Version = (long)plan.Migrations[^1].Version }, transaction);
        return missing.Length;
    }

    [LoggerMessage(EventId = 950, Level = LogLevel.Information, Message = "Schema {Area} on {System} is at version {Version}, {Applied} steps applied")]
    private static partial void Upgraded(ILogger logger, string area, string system, int version, int applied);

    [LoggerMessage(EventId = 951, Level = LogLevel.Warning, Message = "Schema {Area} waits: {Reason}")]
    private static partial void Waiting(ILogger logger, string area, string reason);
}
