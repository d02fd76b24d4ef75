using System.Data.Common;
using Dapper;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Answers by the minute they were given in, for comparisons of before and after.</summary>
internal static class AnswerMinutes
{
    private const long MinuteMs = 60_000;

    /// <summary>Minutes that ended before <c>@before</c>, Unix milliseconds.</summary>
    public const string DeleteOld = "DELETE FROM answer_minutes WHERE minute < @before / 60000";

    private static readonly BulkTable<Row> s_table = new("answer_minutes", "minute",
    [
        new("minute", static row => row.Minute),
        new("answers", static row => row.Counts.Answers),
        new("fallbacks", static row => row.Counts.Fallbacks),
        new("empty_answers", static row => row.Counts.Empty),
        new("slow", static row => row.Counts.Slow),
    ]);

    public static Task AddAsync(Database database, DbTransaction transaction, IReadOnlyList<AnswerTally> tallies, CancellationToken cancellationToken)
    {
        Dictionary<long, AnswerCounts> minutes = [];
        foreach (var (minute, counts) in tallies.SelectMany(static tally => tally.Minutes))
            minutes[minute] = minutes.GetValueOrDefault(minute) + counts;
        return minutes.Count == 0 ? Task.CompletedTask : database.UpsertAsync(
            transaction, s_table, [.. minutes.Select(static one => new Row(one.Key, one.Value))],
            "UPDATE SET answers = answer_minutes.answers + excluded.answers, fallbacks = answer_minutes.fallbacks + excluded.fallbacks, "
            + "empty_answers = answer_minutes.empty_answers + excluded.empty_answers, slow = answer_minutes.slow + excluded.slow",
            cancellationToken);
    }

    /// <summary>Whole minutes from one moment until before another, Unix milliseconds.</summary>
    public static async Task<AnswerCounts> SumAsync(DbConnection connection, long fromMs, long untilMs, CancellationToken cancellationToken)
    {
        var (answers, fallbacks, empty, slow) = await connection.QuerySingleAsync<(long, long, long, long)>(new CommandDefinition(
            "SELECT CAST(COALESCE(SUM(answers), 0) AS BIGINT), CAST(COALESCE(SUM(fallbacks), 0) AS BIGINT), CAST(COALESCE(SUM(empty_answers), 0) AS BIGINT), CAST(COALESCE(SUM(slow), 0) AS BIGINT) "
            + "FROM answer_minutes WHERE minute >= @from AND minute < @until",
            new { from = (fromMs + MinuteMs - 1) / MinuteMs, until = untilMs / MinuteMs }, cancellationToken: cancellationToken));
        return new AnswerCounts(answers, fallbacks, empty, slow);
    }

    /// <summary>Each minute with answers, the oldest first; Unix milliseconds.</summary>
    public static async Task<IReadOnlyList<(long MinuteMs, AnswerCounts Counts)>> ByMinuteAsync(DbConnection connection, long fromMs, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(long Minute, long Answers, long Fallbacks, long Empty, long Slow)>(new CommandDefinition(
            "SELECT minute, answers, fallbacks, empty_answers, slow FROM answer_minutes WHERE minute >= @from ORDER BY minute",
            new { from = fromMs / MinuteMs }, cancellationToken: cancellationToken));
        return [.. rows.Select(static row => (row.Minute * MinuteMs, new AnswerCounts(row.Answers, row.Fallbacks, row.Empty, row.Slow)))];
    }

    private sealed record Row(long Minute, AnswerCounts Counts);
}
