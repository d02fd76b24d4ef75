using System.Data.Common;
using System.Runtime.InteropServices;
using Dapper;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>What changed contributions change in the sums by dimension.</summary>
internal sealed class SegmentChanges
{
    private static readonly BulkTable<SegmentRow> s_table = new("segment_sums", "experiment, dimension, value, arm, epoch",
    [
        new("experiment", static row => row.Experiment),
        new("dimension", static row => row.Dimension),
        new("value", static row => row.Value),
        new("arm", static row => row.Arm),
        new("epoch", static row => row.Epoch),
        new("people", static row => row.People),
        new("sums", static row => row.Sums),
    ]);

    private readonly Dictionary<SegmentKey, Change> _changes = [];

    /// <summary>People have few combinations of values, and a batch thousands of people.</summary>
    private readonly Dictionary<(string Experiment, string Arm, long Epoch, string Segments), Change[]> _places = [];

    /// <summary>Somebody comes to this place, or leaves it.</summary>
    public void Count(Contribution at, int people)
    {
        foreach (var change in Of(at))
            change.People += people;
    }

    public void Add(Contribution at, string metric, in ExactSums sums)
    {
        foreach (var change in Of(at))
            change.Sums[metric] = change.Sums.GetValueOrDefault(metric) + sums;
    }

    public async Task WriteAsync(Database database, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var changes = _changes.Where(static one => one.Value.HasSums).ToArray();
        var held = await HeldAsync(database, transaction, changes, cancellationToken);
        SegmentRow[] summed =
        [
            .. changes.Select(one => one.Key.Row(one.Value.People, SegmentSums.Write(held.TryGetValue(one.Key, out var sums) ? Together(SegmentSums.Read(sums), one.Value.Sums) : one.Value.Sums))),
        ];
        await database.UpsertAsync(transaction, s_table, summed, "UPDATE SET people = segment_sums.people + excluded.people, sums = excluded.sums", cancellationToken);
        // Who did nothing yet changes no sums: there is nothing to read before.
        SegmentRow[] counted = [.. _changes.Where(static one => !one.Value.HasSums && one.Value.People != 0).Select(static one => one.Key.Row(one.Value.People, ""))];
        await database.UpsertAsync(transaction, s_table, counted, "UPDATE SET people = segment_sums.people + excluded.people", cancellationToken);
    }

    private static async Task<Dictionary<SegmentKey, string>> HeldAsync(Database database, DbTransaction transaction, KeyValuePair<SegmentKey, Change>[] changes, CancellationToken cancellationToken)
    {
        if (changes.Length == 0)
            return [];
        var experiments = database.Keys(changes.Select(static one => one.Key.Experiment).Distinct(StringComparer.Ordinal));
        // Nearly all changes are in the present epochs; the rows of those before are not read.
        var least = changes.Min(static one => one.Key.Epoch);
        var rows = await transaction.Connection!.QueryAsync<SegmentRow>(new CommandDefinition(
            "SELECT experiment AS Experiment, dimension AS Dimension, value AS Value, arm AS Arm, epoch AS Epoch, people AS People, sums AS Sums "
            + $"FROM segment_sums WHERE epoch >= @least AND {database.AnyOf("experiment", "experiments")}",
            new { experiments, least }, transaction, cancellationToken: cancellationToken));
        return rows.ToDictionary(static row => new SegmentKey(row.Experiment, row.Dimension, row.Value, row.Arm, row.Epoch), static row => row.Sums);
    }

    private static Dictionary<string, ExactSums> Together(Dictionary<string, ExactSums> held, Dictionary<string, ExactSums> change)
    {
        foreach (var (metric, sums) in change)
            held[metric] = held.GetValueOrDefault(metric) + sums;
        return held;
    }

    private Change[] Of(Contribution at)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, (at.Experiment, at.Arms, at.Epoch, at.Segments), out _);
        return place ??= [.. Segments.Read(at.Segments).Select(one => Of(new SegmentKey(at.Experiment, one.Dimension, one.Value, at.Arms, at.Epoch)))];
    }

    private Change Of(SegmentKey key)
    {
        ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(_changes, key, out _);
        return change ??= new Change();
    }

    private readonly record struct SegmentKey(string Experiment, string Dimension, string Value, string Arm, long Epoch)
    {
        public SegmentRow Row(long people, string sums) => new(Experiment, Dimension, Value, Arm, Epoch, people, sums);
    }

    private sealed record SegmentRow(string Experiment, string Dimension, string Value, string Arm, long Epoch, long People, string Sums);

    private sealed class Change
    {
        public long People { get; set; }

        public Dictionary<string, ExactSums> Sums { get; } = new(StringComparer.Ordinal);

        public bool HasSums => Sums.Values.Any(static sums => sums != default);
    }
}
