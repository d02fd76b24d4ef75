using Dapper;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Statistics;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Interleaving;

/// <summary>Wins from the sums: with values of 1, - 1 and 0 the sum is wins less losses and the sum of squares wins and losses. People of all epochs compared both rankings themselves, so their splits do not matter.</summary>
internal sealed class InterleavingReader(Database database)
{
    private const long Micro = 1_000_000;

    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<InterleavedWins> ReadAsync(string experiment, CancellationToken cancellationToken) => database.ReadAsync(async (connection, token) =>
    {
        var rows = await connection.QueryAsync<(string Sums, long People)>(new CommandDefinition(
            "SELECT sums, 0 FROM experiment_sums WHERE experiment = @experiment AND metric = @metric "
            + "UNION ALL SELECT '', people FROM experiment_counts WHERE experiment = @experiment AND kind = @counted",
            new { experiment, metric = TeamWins.Metric, counted = CountKinds.Counted }, cancellationToken: token));
        var (sums, people) = (default(ExactSums), 0L);
        foreach (var row in rows)
            (sums, people) = (sums + ExactSums.Parse(row.Sums), people + row.People);
        var (difference, decided) = ((long)(sums.X / Micro), (long)(sums.XX / ((Int128)Micro * Micro)));
        return new InterleavedWins((decided + difference) / 2, (decided - difference) / 2, people - decided);
    }, cancellationToken);
}
