using System.Data.Common;
using Dapper;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What changed contributions change in counts and sums. Whole numbers, so it does not matter how many transactions it took.</summary>
internal sealed class SumChanges
{
    private static readonly BulkTable<SumRow> s_sums = new("experiment_sums", "experiment, metric, arm, epoch",
    [
        new("experiment", static row => row.Experiment),
        new("metric", static row => row.Metric),
        new("arm", static row => row.Arm),
        new("epoch", static row => row.Epoch),
        new("sums", static row => row.Sums),
    ]);

    private static readonly BulkTable<CountRow> s_counts = new("experiment_counts", "experiment, kind, arm, epoch",
    [
        new("experiment", static row => row.Experiment),
        new("kind", static row => row.Kind),
        new("arm", static row => row.Arm),
        new("epoch", static row => row.Epoch),
        new("people", static row => row.People),
    ]);

    private readonly Dictionary<(string Experiment, string Kind, string Arm, long Epoch), long> _counts = [];
    private readonly Dictionary<(string Experiment, string Metric, string Arm, long Epoch), ExactSums> _sums = [];
    private readonly SegmentChanges _segments = new();
    private readonly ShownChanges _shown = new();

    /// <summary>Experiments with any change.</summary>
    public IReadOnlyCollection<string> Experiments => _counts.Keys.Select(static key => key.Experiment).Concat(_sums.Keys.Select(static key => key.Experiment)).ToHashSet(StringComparer.Ordinal);

    public void Replace(Contribution? held, Contribution? next)
    {
        if (held is not null && next is not null && held.IsBeside(next))
        {
            Add(next, Difference(held.Added, next.Added));
            _shown.Replace(held, next);
            return;
        }

        if (held is not null)
            Move(held, -1);
        if (next is not null)
            Move(next, 1);
    }

    /// <summary>Answers of experiments that count them.</summary>
    public void Add(AnswerTally tally, IReadOnlyDictionary<string, CountedExperiment> book)
    {
        foreach (var ((experiment, arm, epoch), counts) in tally.Cells)
        {
            if (book.GetValueOrDefault(experiment) is not { IsSealed: false } known || epoch >= known.DecidedEpoch || !known.Arms.Contains(arm))
                continue;
            Add((experiment, MetricNames.FallbackShare, arm, epoch), counts.SumsOf(counts.Fallbacks));
            Add((experiment, MetricNames.EmptyShare, arm, epoch), counts.SumsOf(counts.Empty));
            Add((experiment, MetricNames.SlowShare, arm, epoch), counts.SumsOf(counts.Slow));
            Add((experiment, MetricNames.LatencyP99, arm, epoch), new ExactSums(counts.Answers, Histogram: tally.Latencies[(experiment, arm, epoch)]));
        }
    }

    public async Task WriteAsync(Database database, DbTransaction transaction, CancellationToken cancellationToken)
    {
        CountRow[] counts = [.. _counts.Where(static one => one.Value != 0).Select(static one => new CountRow(one.Key.Experiment, one.Key.Kind, one.Key.Arm, one.Key.Epoch, one.Value))];
        await database.UpsertAsync(transaction, s_counts, counts, "UPDATE SET people = experiment_counts.people + excluded.people", cancellationToken);
        await _segments.WriteAsync(database, transaction, cancellationToken);
        await _shown.WriteAsync(database, transaction, cancellationToken);
        var changed = _sums.Where(static one => one.Value != default).ToDictionary();
        if (changed.Count == 0)
            return;
        foreach (var row in await transaction.Connection!.QueryAsync<SumRow>(new CommandDefinition(
            $"SELECT experiment AS Experiment, metric AS Metric, arm AS Arm, epoch AS Epoch, sums AS Sums FROM experiment_sums WHERE {database.AnyOf("experiment", "keys")}",
            new { keys = database.Keys(changed.Keys.Select(static key => key.Experiment).Distinct(StringComparer.Ordinal)) }, transaction, cancellationToken: cancellationToken)))
        {
            if (changed.TryGetValue(row.Key, out var change))
                changed[row.Key] = ExactSums.Parse(row.Sums) + change;
        }

        await database.UpsertAsync(
            transaction, s_sums, [.. changed.Select(static one => new SumRow(one.Key.Experiment, one.Key.Metric, one.Key.Arm, one.Key.Epoch, one.Value.ToString()))],
            "UPDATE SET sums = excluded.sums", cancellationToken);
    }

    private void Move(Contribution one, int sign)
    {
        foreach (var (kind, arm, epoch) in one.Counts())
        {
            var key = (one.Experiment, kind, arm, epoch);
            _counts[key] = _counts.GetValueOrDefault(key) + sign;
        }

        _segments.Count(one, sign);
        _shown.Add(one, sign);
        Add(one, AddedValues.Read(one.Added).Select(value => (value.Metric, sign > 0 ? SumsOf(value) : -SumsOf(value))));
    }

    private void Add(Contribution at, IEnumerable<(string Metric, ExactSums Sums)> values)
    {
        foreach (var (metric, sums) in values)
        {
            Add((at.Experiment, metric, at.Arms, at.Epoch), sums);
            _segments.Add(at, metric, sums);
        }
    }

    /// <summary>Metrics that another text changes, by how much.</summary>
    private static IEnumerable<(string Metric, ExactSums Sums)> Difference(string held, string next)
    {
        if (held == next)
            return [];
        var before = AddedValues.Read(held).ToDictionary(static value => value.Metric, StringComparer.Ordinal);
        List<(string, ExactSums)> changes = [];
        foreach (var value in AddedValues.Read(next))
        {
            if (!before.Remove(value.Metric, out var was))
                changes.Add((value.Metric, SumsOf(value)));
            else if (was != value)
                changes.Add((value.Metric, SumsOf(value) - SumsOf(was)));
        }

        return changes.Concat(before.Values.Select(static gone => (gone.Metric, -SumsOf(gone))));
    }

    /// <summary>People are counted once for all metrics, so that a metric that comes later needs no recount of who did nothing.</summary>
    private static ExactSums SumsOf(in AddedValue value) => ExactSums.Of(value.X, value.Y, value.C) with { Units = 0 };

    private void Add((string Experiment, string Metric, string Arm, long Epoch) key, ExactSums sums) => _sums[key] = _sums.GetValueOrDefault(key) + sums;

    private sealed record CountRow(string Experiment, string Kind, string Arm, long Epoch, long People);

    private sealed record SumRow(string Experiment, string Metric, string Arm, long Epoch, string Sums)
    {
        public (string Experiment, string Metric, string Arm, long Epoch) Key => (Experiment, Metric, Arm, Epoch);
    }
}
