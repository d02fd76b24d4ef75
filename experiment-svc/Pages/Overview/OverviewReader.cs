using System.Collections.Concurrent;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Results;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Pages.Overview;

/// <summary>The overview's content. Results are kept for some seconds, because everybody who keeps the page open asks for the same ones.</summary>
internal sealed class OverviewReader(
    DefinitionStore definitions, ExperimentReader reader, ResultsReader results, ControlPlane control, Database database, TimeProvider time)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long Version, DateTimeOffset At, ResultsView View)> _kept = new(StringComparer.Ordinal);

    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public async Task<OverviewModel> ReadAsync(CancellationToken cancellationToken)
    {
        var set = await definitions.ReadAsync(cancellationToken);
        var list = await reader.ListAsync(null, cancellationToken);
        ExperimentView[] views = [.. list.Experiments.Where(static view => view.State == "running").OrderBy(static view => view.Lifecycle.StartedMs)];
        var running = new RunningExperiment[views.Length];
        // A page with hundreds of experiments is made of as many evaluations.
        await Parallel.ForAsync(0, views.Length, cancellationToken, async (i, token) => running[i] = new RunningExperiment(views[i], await ResultsOfAsync(set, views[i], token)));
        foreach (var over in _kept.Keys.Except(views.Select(static view => view.Id)))
            _kept.TryRemove(over, out _);
        ExperimentView[] waiting = [.. list.Experiments.Where(static view => view.State is "draft" or "review" or "paused")];
        return new OverviewModel(running, waiting, list.Experiments.Count - running.Length - waiting.Length, list.SnapshotVersion, control.Current?.ActiveModel, await HourAsync(cancellationToken));
    }

    private Task<LastHour> HourAsync(CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
    {
        var now = time.GetUtcNow();
        var from = now.AddMinutes(1 - LastHour.Length).AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)).ToUnixTimeMilliseconds();
        return new LastHour(from, await AnswerMinutes.ByMinuteAsync(connection, from, token));
    }, cancellationToken);

    private async Task<ResultsView?> ResultsOfAsync(DefinitionSet set, ExperimentView view, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(view.Id, out var kept) && kept.Version == view.Version && time.GetUtcNow() - kept.At < s_fresh)
            return kept.View;
        // It may have been archived between the two reads.
        if (!set.Experiments.TryGetValue(view.Id, out var held))
            return null;
        var read = await results.ReadAsync(held.Value, cancellationToken);
        _kept[view.Id] = (view.Version, time.GetUtcNow(), read);
        return read;
    }
}
