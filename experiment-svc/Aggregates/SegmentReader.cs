using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Aggregates;

/// <summary>Reads what was counted of an experiment by dimension. Its cost grows with values, arms and epochs, not with people.</summary>
internal sealed class SegmentReader(Database database)
{
    private const string Query = "SELECT dimension AS Dimension, value AS Value, arm AS Arm, epoch AS Epoch, people AS People, sums AS Sums FROM segment_sums WHERE experiment = @experiment";

    /// <param name="experiment">The experiment.</param>
    /// <param name="dimension">Null for all.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <returns>By dimension, value, epoch and arm; empty when nobody was counted, or there is no such experiment.</returns>
    /// <exception cref="DatabaseAwayException">The database is away.</exception>
    public Task<IReadOnlyList<SegmentCell>> ReadAsync(string experiment, string? dimension, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<SegmentCell>>(
        async (connection, token) =>
        [
            .. (await connection.QueryAsync<Row>(new CommandDefinition(
                dimension is null ? Query : $"{Query} AND dimension = @dimension", new { experiment, dimension }, cancellationToken: token)))
                .Where(static row => row.People > 0)
                .OrderBy(static row => row.Dimension, StringComparer.Ordinal).ThenBy(static row => row.Value, StringComparer.Ordinal).ThenBy(static row => row.Epoch).ThenBy(static row => row.Arm, StringComparer.Ordinal)
                .Select(static row => new SegmentCell(row.Dimension, row.Value, row.Arm, (int)row.Epoch, row.People, SegmentSums.Read(row.Sums))),
        ],
        cancellationToken);

    private sealed record Row
    {
        public string Dimension { get; init; } = "";

        public string Value { get; init; } = "";

        public string Arm { get; init; } = "";

        public long Epoch { get; init; }

        public long People { get; init; }

        public string Sums { get; init; } = "";
    }
}
