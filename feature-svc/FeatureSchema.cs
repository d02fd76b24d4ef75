using Splitrail.Sql;

namespace Splitrail.FeatureSvc;

/// <summary>Tables of catalogue and events.</summary>
internal static class FeatureSchema
{
    /// <summary>
    /// Indexes of the events, by name: a large load into an empty table drops and recreates them. They hold all that a context is made of, because
    /// a user's events lie scattered over the table. Impressions say nothing of taste and are by far the most frequent, so they are left out: what
    /// reads by user or session must repeat the same condition.
    /// </summary>
    public static IReadOnlyDictionary<string, string> EventIndexes { get; } = new Dictionary<string, string>
    {
        ["events_by_user"] = "CREATE INDEX IF NOT EXISTS events_by_user ON events (user_id, at_ms, item_id, type, value_micros, seq) WHERE user_id IS NOT NULL AND type <> 'impression'",
        ["events_by_session"] = "CREATE INDEX IF NOT EXISTS events_by_session ON events (session_id, at_ms, item_id, type, value_micros, seq, user_id) WHERE session_id IS NOT NULL AND type <> 'impression'",
    };

    public static SchemaPlan Plan(TimeProvider time) => new("feature-svc", [new Migration(1, First(time.GetUtcNow().ToUnixTimeMilliseconds()))]);

    /// <param name="born">
    /// Where the catalogue's version starts. A time, so that a reader which holds a version of an earlier, lost database is recognised.
    /// </param>
    private static string[] First(long born) =>
    [
        """
        CREATE TABLE items (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, category TEXT NOT NULL, price_micros BIGINT, stock BIGINT,
            hidden BIGINT NOT NULL, attributes TEXT, from_dataset BIGINT NOT NULL, version BIGINT NOT NULL)
        """,
        "CREATE INDEX items_by_version ON items (version)",
        """
        CREATE TABLE events (
            event_id TEXT PRIMARY KEY, type TEXT NOT NULL, user_id TEXT, session_id TEXT, item_id TEXT NOT NULL, at_ms BIGINT NOT NULL,
            quantity BIGINT NOT NULL, value_micros BIGINT NOT NULL, request_id TEXT, seq BIGINT NOT NULL)
        """,
        .. EventIndexes.Values,
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
        $"INSERT INTO counters (name, value) VALUES ('catalog', {born}), ('events', 0)",
        $"INSERT INTO meta (key, value) VALUES ('catalog_born', '{born}')",
    ];
}
