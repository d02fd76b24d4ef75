using System.Data.Common;
using Splitrail.Contracts;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Exposures;

/// <summary>
/// Sessions that began as a guest's, and the user who logged in: one person with two units, who has seen two arms when the two have. The first
/// login counts: who logs in later on the same session is another person on the same device, and his own exposures are the session's.
/// </summary>
internal static class SessionLinks
{
    private const string KeepEarlier =
        "UPDATE SET user_id = excluded.user_id, at_ms = excluded.at_ms "
        + "WHERE excluded.at_ms < session_links.at_ms OR (excluded.at_ms = session_links.at_ms AND excluded.user_id < session_links.user_id)";

    private static readonly BulkTable<Exposure> s_table = new("session_links", "session_id",
    [
        new("session_id", static row => row.Unit),
        new("user_id", static row => row.LinkedUser),
        new("at_ms", static row => row.TimestampMs),
    ]);

    public static async Task StoreAsync(DbTransaction transaction, IReadOnlyList<Exposure> exposures, CancellationToken cancellationToken)
    {
        // One row per session, in one order for all writers: see ExposureLog.
        Exposure[] links =
        [
            .. exposures.Where(static one => one is { LinkedUser: not null, UnitKind: "session" })
                .GroupBy(static one => one.Unit, StringComparer.Ordinal)
                .Select(static same => same.OrderBy(static one => one.TimestampMs).ThenBy(static one => one.LinkedUser, StringComparer.Ordinal).First())
                .OrderBy(static one => one.Unit, StringComparer.Ordinal),
        ];
        if (links.Length > 0)
            await RowInsert.ExecuteAsync(transaction, s_table, links, KeepEarlier, cancellationToken);
    }
}
