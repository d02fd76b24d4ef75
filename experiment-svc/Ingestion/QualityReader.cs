using Dapper;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>How good an experiment's data is.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="CountedPeople">In the sums.</param>
/// <param name="MovedPeople">Of these, who was given to another arm by an edit of the split and stays counted in the first one.</param>
/// <param name="MultiArmPeople">Saw more than one arm without such an edit; in no sum.</param>
/// <param name="ExcludedPeople">Bots and internal users by rule; in no sum.</param>
/// <param name="Accepted">Exposures taken in: first ones of a unit in an arm.</param>
/// <param name="Refused">Exposures of this experiment that are not counted, by reason.</param>
/// <param name="AcceptedOutcomes">Shop events taken in, of all shoppers.</param>
/// <param name="OutcomesWithoutExposure">Of the 100,000 that arrived last, events of nobody who is in any experiment; their exposures may still come.</param>
/// <param name="RefusedOverall">What is not counted and cannot be tied to an experiment, by reason.</param>
/// <param name="FirstExposure">The earliest.</param>
/// <param name="Updated">When the sums last changed.</param>
/// <param name="CompleteUntil">All that was published up to then is in the sums; null while the broker has not said so.</param>
/// <param name="IsSealed">Raw rows are gone; the sums stay.</param>
internal sealed record ExperimentQuality(
    string Experiment,
    long CountedPeople,
    long MovedPeople,
    long MultiArmPeople,
    long ExcludedPeople,
    long Accepted,
    IReadOnlyDictionary<string, long> Refused,
    long AcceptedOutcomes,
    long OutcomesWithoutExposure,
    IReadOnlyDictionary<string, long> RefusedOverall,
    DateTimeOffset? FirstExposure,
    DateTimeOffset? Updated,
    DateTimeOffset? CompleteUntil,
    bool IsSealed)
{
    /// <summary>All that was refused and may concern this experiment.</summary>
    public long RefusedEvents() => Refused.Values.Sum() + RefusedOverall.Values.Sum();
}

/// <summary>Reads it, at a cost that does not grow with what is stored.</summary>
internal sealed class QualityReader(Database database)
{
    private const string Strangers =
        "SELECT COUNT(*) FROM (SELECT user_id, session_id FROM outcomes ORDER BY arrived_ms DESC LIMIT 100000) AS latest WHERE NOT EXISTS (SELECT 1 FROM unit_exposures e WHERE e.unit = 'u:' || latest.user_id) "
        + "AND NOT EXISTS (SELECT 1 FROM unit_exposures e WHERE e.unit = 's:' || latest.session_id)";

    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<ExperimentQuality> ReadAsync(string experiment, CancellationToken cancellationToken) => database.ScanAsync(async (connection, token) =>
    {
        var aggregates = await AggregateReader.ReadAsync(connection, null, experiment, token);
        var rows = (await QualityCounts.ReadAsync(connection, experiment, token)).ToLookup(static row => (IsOwn: row.Experiment.Length > 0, IsGood: row.Reason == QualityReasons.Accepted));
        var strangers = await connection.ExecuteScalarAsync<long>(new CommandDefinition(Strangers, cancellationToken: token));
        var sealedMs = await connection.ExecuteScalarAsync<long?>(new CommandDefinition("SELECT sealed_ms FROM experiment_intake WHERE experiment = @experiment", new { experiment }, cancellationToken: token));
        return new ExperimentQuality(
            experiment,
            aggregates.CountedPeople,
            aggregates.MovedPeople,
            aggregates.MultiArmPeople,
            aggregates.ExcludedPeople,
            rows[(true, true)].Sum(static row => row.Events),
            ByReason(rows[(true, false)]),
            rows[(false, true)].Sum(static row => row.Events),
            strangers,
            ByReason(rows[(false, false)]),
            Time(aggregates.FirstExposureMs),
            Time(aggregates.UpdatedMs),
            Time(aggregates.CompleteMs),
            sealedMs is not null);
    }, cancellationToken);

    private static SortedDictionary<string, long> ByReason(IEnumerable<QualityRow> rows) => new(rows.ToDictionary(static row => row.Reason, static row => row.Events), StringComparer.Ordinal);

    private static DateTimeOffset? Time(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
