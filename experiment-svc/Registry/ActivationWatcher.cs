using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Reasons;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>
/// Looks for some time after an activation whether the shop got worse, and rolls back when it did. Every replica looks: a rollback names the lineup it is about, so that only the first one does anything.
/// </summary>
internal sealed partial class ActivationWatcher(
    ModelRegistry registry, DefinitionStore definitions, ServedCountReader counts, RegistryMetrics metrics, SchemaUpgrade schema, ExperimentOptions options, TimeProvider time, ILogger<ActivationWatcher> logger)
    : BackgroundService
{
    private const string Actor = "watch";
    private static readonly long s_day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private (long Watch, int Look) _last;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DatabaseAwayException away)
            {
                Waiting(logger, away.Message);
            }

            await Task.Delay(options.Registry.WatchInterval, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var production = (await definitions.ReadAsync(cancellationToken)).Production.Value;
        if (production.Watch is not { } watch)
            return;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var look = WatchRule.LookAt(TimeSpan.FromMilliseconds(now - watch.StartedMs), options.Registry.WatchInterval);
        if (look > 0 && _last != (watch.StartedMs, look))
        {
            _last = (watch.StartedMs, look);
            if (WatchRule.Verdict(await BeforeAsync(watch, now, cancellationToken), await counts.ReadAsync(watch.StartedMs, now, cancellationToken), look, options.Registry) is { } worse)
            {
                await RollBackAsync(production, worse, cancellationToken);
                return;
            }
        }

        if (now >= watch.UntilMs)
            await registry.RunAsync(RegistryEdits.EndWatch(production.Lineup, Actor), cancellationToken);
    }

    /// <summary>The same hours of the day before, as shops have their hours; where these have too little, the time just before.</summary>
    private async Task<ServedCounts> BeforeAsync(ActivationWatch watch, long now, CancellationToken cancellationToken)
    {
        var yesterday = await counts.ReadAsync(watch.StartedMs - s_day, Math.Min(now - s_day, watch.StartedMs), cancellationToken);
        return yesterday.Impressions >= WatchRule.Least || yesterday.Answers.Answers >= WatchRule.Least
            ? yesterday
            : await counts.ReadAsync(watch.StartedMs - Math.Max(now - watch.StartedMs, s_day / 24), watch.StartedMs, cancellationToken);
    }

    private async Task RollBackAsync(ProductionState production, string worse, CancellationToken cancellationToken)
    {
        var sentence = $"Since its activation {worse}: rolled back by the watch.";
        var outcome = await registry.RollBackAsync(null, new Reason { Kind = "harm", Note = sentence }, Actor, cancellationToken, production.Lineup);
        metrics.CountWatchRollback(outcome.Refusal is null);
        if (outcome.Refusal is { } refusal)
            NotRolledBack(logger, production.Lineup.Candidate, worse, refusal.Detail);
        else
            RolledBack(logger, production.Lineup.Candidate, production.Lineup.Ranking, worse);
    }

    [LoggerMessage(EventId = 385, Level = LogLevel.Warning, Message = "Models {Candidate} and {Ranking} are rolled back: since their activation {Worse}")]
    private static partial void RolledBack(ILogger logger, string? candidate, string? ranking, string worse);

    [LoggerMessage(EventId = 386, Level = LogLevel.Error, Message = "Model {Candidate} is worse than before and could not be rolled back: {Worse}; {Reason}")]
    private static partial void NotRolledBack(ILogger logger, string? candidate, string worse, string reason);

    [LoggerMessage(EventId = 387, Level = LogLevel.Debug, Message = "The watch over an activation waits for the database: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
