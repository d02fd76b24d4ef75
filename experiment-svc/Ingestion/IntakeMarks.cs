using System.Data.Common;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// How far each topic was taken in: when the newest message that is in the sums was published. With heartbeats it moves on a quiet night too, so that sums which nobody changes are not taken for old ones, and it
/// stands still when the broker delivers nothing.
/// </summary>
internal static class IntakeMarks
{
    private static readonly BulkTable<IntakeMark> s_table = new("intake_marks", "topic",
    [
        new("topic", static row => row.Topic),
        new("at_ms", static row => row.AtMs),
    ]);

    public static Task WriteAsync(Database database, DbTransaction transaction, IReadOnlyCollection<IntakeMark> marks, CancellationToken cancellationToken) => database.UpsertAsync(
        transaction, s_table, [.. marks], "UPDATE SET at_ms = CASE WHEN excluded.at_ms > intake_marks.at_ms THEN excluded.at_ms ELSE intake_marks.at_ms END", cancellationToken);
}

/// <param name="Topic">One of <see cref="Contracts.Topics"/>.</param>
/// <param name="AtMs">When a message of it was published, Unix milliseconds.</param>
internal readonly record struct IntakeMark(string Topic, long AtMs);
