using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Inference;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Decisions;

/// <summary>
/// Looks at every running experiment each <see cref="ExperimentOptions.EvaluationInterval"/> and records what follows from what was counted. Every replica runs one; the lease
/// lets one of them decide at a time.
/// </summary>
internal sealed partial class Evaluator(
    EvaluatorLease lease,
    DefinitionStore definitions,
    FactsReader facts,
    DecisionStore decisions,
    DecisionApplication application,
    DecisionMetrics metrics,
    ResultMetrics results,
    SchemaUpgrade schema,
    ExperimentOptions options,
    TimeProvider time,
    ILogger<Evaluator> logger) : BackgroundService
{
    private long? _token;
    private long _evaluated;
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        var pause = TimeSpan.FromTicks(Math.Min(options.EvaluationInterval.Ticks, options.EvaluationLease.Ticks / 3));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                _away = false;
            }
            catch (DatabaseAwayException away)
            {
                if (!_away)
                    Waiting(logger, away.Message);
                _away = true;
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lease.ReleaseAsync(cancellationToken);
        }
        catch (DatabaseAwayException away)
        {
            // It runs out by itself.
            Waiting(logger, away.Message);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await lease.HoldAsync(cancellationToken) is not { } token)
        {
            _token = null;
            metrics.StoodBy();
            results.Found([]);
            return;
        }

        await application.CompleteAsync(token, cancellationToken);
        // Who takes over looks at once: nobody knows when the other one looked last.
        if (token == _token && time.GetElapsedTime(_evaluated) < options.EvaluationInterval)
            return;
        if (token != _token)
            Decides(logger, token);
        _evaluated = time.GetTimestamp();
        _token = token;
        await EvaluateAllAsync(cancellationToken);
        metrics.RoundEnded(_evaluated);
    }

    private async Task EvaluateAllAsync(CancellationToken cancellationToken)
    {
        var set = await definitions.ReadAsync(cancellationToken);
        DatabaseAwayException? slow = null;
        var findings = new List<(string, MetricFinding)>();
        foreach (var held in set.Experiments.Values.Where(static held => held.Value is { IsRunning: true, Lifecycle.Decision: null }))
        {
            // A long round must not outlive the lease.
            if (await lease.HoldAsync(cancellationToken) is not { } token)
                return;
            try
            {
                metrics.CountEvaluation(await EvaluateAsync(held, findings, token, cancellationToken));
            }
            catch (DatabaseAwayException away)
            {
                // It may be this one's sums alone that take too long to read: the others can still be rolled back. With the database away the lease cannot be renewed either.
                metrics.CountEvaluation("failed");
                slow = away;
            }
        }

        results.Found(findings);
        if (slow is not null)
            throw slow;
    }

    private async Task<string> EvaluateAsync(Held<ExperimentRecord> held, List<(string, MetricFinding)> findings, long token, CancellationToken cancellationToken)
    {
        try
        {
            var before = await decisions.OfAsync(held.Value.Id, cancellationToken);
            var found = (await facts.ReadAsync(held.Value, before, cancellationToken)).Facts;
            var outcome = await DecideAsync(held, found, before, token, cancellationToken);
            // After the decision: what only shows must not keep it from being made.
            findings.AddRange(found.Evaluated().Findings.Select(finding => (held.Value.Id, finding)));
            return outcome;
        }
        catch (Exception broken) when (broken is not (DatabaseAwayException or OperationCanceledException))
        {
            // One experiment that cannot be evaluated must not keep the others from being rolled back.
            Failed(logger, broken, held.Value.Id);
            return "failed";
        }
    }

    private async Task<string> DecideAsync(
        Held<ExperimentRecord> held, EvaluationFacts found, IReadOnlyList<RecordedDecision> before, long token, CancellationToken cancellationToken)
    {
        metrics.SampleRatio(held.Value.Id, Gates.SampleRatio(found.ToInput()).IsMismatch);
        if (Decided.Of(found) is not { } decided || !DecisionRule.IsNew(decided, before))
            return "unchanged";
        var mode = DecisionModes.Of(held.Value.Definition);
        if (await decisions.AppendAsync(decided, held, mode, token, cancellationToken) is not { } entry)
            return "overtaken";
        metrics.CountDecision(entry.Kind, entry.Mode);
        Recorded(logger, entry.Sequence, entry.Kind, entry.Id, entry.Mode, entry.Sentence);
        if (mode == DecisionModes.Act && !entry.IsLook)
            await application.ApplyAsync(entry, token, cancellationToken);
        return "decided";
    }

    [LoggerMessage(EventId = 370, Level = LogLevel.Information, Message = "Decision {Sequence}: {Kind} of experiment {Experiment} ({Mode}). {Sentence}")]
    private static partial void Recorded(ILogger logger, long sequence, string kind, string experiment, string mode, string sentence);

    [LoggerMessage(EventId = 371, Level = LogLevel.Error, Message = "Experiment {Experiment} cannot be evaluated")]
    private static partial void Failed(ILogger logger, Exception exception, string experiment);

    [LoggerMessage(EventId = 375, Level = LogLevel.Information, Message = "This replica decides from now on, with token {Token}")]
    private static partial void Decides(ILogger logger, long token);

    [LoggerMessage(EventId = 376, Level = LogLevel.Warning, Message = "Decisions wait for the database: {Reason}")]
    private static partial void Waiting(ILogger logger, string reason);
}
