using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>Tables of definitions, their audit log, snapshots, epochs, exposures, outcomes and sums.</summary>
internal static class ExperimentSchema
{
    public static SchemaPlan Plan(TimeProvider time) => new("experiment-svc",
    [
        new Migration(1, First), new Migration(2, Second), new Migration(3, Third), new Migration(4, Fourth), new Migration(5, Fifth), new Migration(6, Console), new Migration(7, Dimensions),
        new Migration(8, Answers), new Migration(9, ShownItems), new Migration(10, Lists), new Migration(11, Cleared), new Migration(12, ModelDays),
    ]);

    private static string[] First =>
    [
        "CREATE TABLE control_snapshots (version BIGINT PRIMARY KEY, content_hash TEXT NOT NULL, created_ms BIGINT NOT NULL, content TEXT NOT NULL)",
        """
        CREATE TABLE experiment_epochs (
            experiment TEXT NOT NULL, epoch BIGINT NOT NULL, snapshot_version BIGINT NOT NULL, started_ms BIGINT NOT NULL, PRIMARY KEY (experiment, epoch))
        """,
        """
        CREATE TABLE experiment_exposures (
            experiment TEXT NOT NULL, unit TEXT NOT NULL, arm TEXT NOT NULL, unit_kind TEXT NOT NULL, epoch BIGINT NOT NULL, snapshot_version BIGINT NOT NULL,
            probability_micros BIGINT NOT NULL, at_ms BIGINT NOT NULL, exposure_id TEXT NOT NULL, PRIMARY KEY (experiment, unit, arm))
        """,
    ];

    private static string[] Second =>
    [
        "CREATE TABLE definitions (kind TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (kind, id))",
        "CREATE TABLE audit_log (sequence BIGINT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL)",
        "CREATE INDEX audit_log_of ON audit_log (kind, id, sequence)",
    ];

    /// <summary>A session that began as a guest's and its user are one person (docs/decisions/0013).</summary>
    private static string[] Third =>
    [
        "CREATE TABLE session_links (session_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, at_ms BIGINT NOT NULL)",
        """
        CREATE VIEW experiment_people AS
            SELECT e.experiment, COALESCE(l.user_id, e.unit) AS person, e.arm, MIN(e.epoch) AS epoch, MIN(e.at_ms) AS at_ms
            FROM experiment_exposures e LEFT JOIN session_links l ON e.unit_kind = 'session' AND l.session_id = e.unit
            GROUP BY e.experiment, COALESCE(l.user_id, e.unit), e.arm
        """,
    ];

    /// <summary>
    /// Exposures by unit (<c>u:USER</c>, <c>s:SESSION</c>), what people did, what each person adds to the sums, and the sums (docs/decisions/0015).
    /// </summary>
    private static string[] Fourth =>
    [
        """
        CREATE TABLE unit_exposures (
            unit TEXT NOT NULL, experiment TEXT NOT NULL, arm TEXT NOT NULL, epoch BIGINT NOT NULL, snapshot_version BIGINT NOT NULL, probability_micros BIGINT NOT NULL,
            at_ms BIGINT NOT NULL, exposure_id TEXT NOT NULL, request_id TEXT NOT NULL, PRIMARY KEY (unit, experiment, arm))
        """,
        """
        INSERT INTO unit_exposures (unit, experiment, arm, epoch, snapshot_version, probability_micros, at_ms, exposure_id, request_id)
            SELECT CASE unit_kind WHEN 'session' THEN 's:' ELSE 'u:' END || unit, experiment, arm, epoch, snapshot_version, probability_micros, at_ms, exposure_id, ''
            FROM experiment_exposures
        """,
        "DROP VIEW experiment_people",
        "DROP TABLE experiment_exposures",
        "CREATE INDEX session_links_of_user ON session_links (user_id)",
        "CREATE TABLE outcome_inbox (event_id TEXT NOT NULL, content BIGINT NOT NULL, reason TEXT NOT NULL, arrived_ms BIGINT NOT NULL, PRIMARY KEY (event_id, content, reason))",
        "CREATE INDEX outcome_inbox_by_arrival ON outcome_inbox (arrived_ms)",
        """
        CREATE TABLE outcomes (
            event_id TEXT PRIMARY KEY, type TEXT NOT NULL, user_id TEXT, session_id TEXT, item_id TEXT NOT NULL, at_ms BIGINT NOT NULL, amount_micros BIGINT NOT NULL, request_id TEXT,
            content BIGINT NOT NULL, arrived_ms BIGINT NOT NULL)
        """,
        "CREATE INDEX outcomes_of_user ON outcomes (user_id)",
        "CREATE INDEX outcomes_of_session ON outcomes (session_id)",
        "CREATE INDEX outcomes_by_arrival ON outcomes (arrived_ms)",
        """
        CREATE TABLE contributions (
            person TEXT NOT NULL, experiment TEXT NOT NULL, state TEXT NOT NULL, arms TEXT NOT NULL, epoch BIGINT NOT NULL, added TEXT NOT NULL, PRIMARY KEY (person, experiment))
        """,
        "CREATE TABLE experiment_counts (experiment TEXT NOT NULL, kind TEXT NOT NULL, arm TEXT NOT NULL, epoch BIGINT NOT NULL, people BIGINT NOT NULL, PRIMARY KEY (experiment, kind, arm, epoch))",
        "CREATE TABLE experiment_sums (experiment TEXT NOT NULL, metric TEXT NOT NULL, arm TEXT NOT NULL, epoch BIGINT NOT NULL, sums TEXT NOT NULL, PRIMARY KEY (experiment, metric, arm, epoch))",
        "CREATE TABLE experiment_intake (experiment TEXT PRIMARY KEY, first_ms BIGINT, updated_ms BIGINT, rules TEXT, sealed_ms BIGINT)",
        "CREATE TABLE quality_counts (experiment TEXT NOT NULL, reason TEXT NOT NULL, events BIGINT NOT NULL, PRIMARY KEY (experiment, reason))",
        "CREATE TABLE deletion_log (sequence BIGINT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL)",
        "CREATE TABLE deleted_units (unit_hash TEXT PRIMARY KEY, at_ms BIGINT NOT NULL)",
    ];

    /// <summary>Decisions, what became of them, and who decides (docs/decisions/0016).</summary>
    private static string[] Fifth =>
    [
        "CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, token BIGINT NOT NULL, expires_ms BIGINT NOT NULL)",
        "CREATE TABLE decision_log (sequence BIGINT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, entry TEXT NOT NULL)",
        "CREATE INDEX decision_log_of ON decision_log (id, sequence)",
        """
        CREATE TABLE decision_actions (
            sequence BIGINT PRIMARY KEY, experiment TEXT NOT NULL, kind TEXT NOT NULL, arm TEXT, version BIGINT NOT NULL, state TEXT NOT NULL, state_ms BIGINT NOT NULL, note TEXT)
        """,
        "CREATE INDEX decision_actions_of ON decision_actions (experiment)",
        "CREATE INDEX decision_actions_in ON decision_actions (state)",
    ];

    /// <summary>Keys that sign the console's cookies and forms, links that were used, what people said of experiments, and results over time for its curves.</summary>
    private static string[] Console =>
    [
        "CREATE TABLE console_keys (name TEXT PRIMARY KEY, content TEXT NOT NULL)",
        "CREATE TABLE console_links (token_hash TEXT PRIMARY KEY, at_ms BIGINT NOT NULL)",
        "CREATE TABLE experiment_comments (experiment TEXT NOT NULL, at_ms BIGINT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (experiment, at_ms, author))",
        "CREATE TABLE result_trail (experiment TEXT NOT NULL, at_ms BIGINT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (experiment, at_ms))",
    ];

    /// <summary>Sums by dimension, and up to when topics were read (docs/decisions/0026).</summary>
    private static string[] Dimensions =>
    [
        "ALTER TABLE unit_exposures ADD COLUMN context TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE contributions ADD COLUMN segments TEXT NOT NULL DEFAULT ''",
        """
        CREATE TABLE segment_sums (
            experiment TEXT NOT NULL, dimension TEXT NOT NULL, value TEXT NOT NULL, arm TEXT NOT NULL, epoch BIGINT NOT NULL, people BIGINT NOT NULL, sums TEXT NOT NULL,
            PRIMARY KEY (experiment, epoch, dimension, value, arm))
        """,
        "CREATE TABLE intake_marks (topic TEXT PRIMARY KEY, at_ms BIGINT NOT NULL)",
    ];

    /// <summary>How answers were, minute by minute: what a model's activation is held against (docs/decisions/0025).</summary>
    private static string[] Answers =>
    [
        "CREATE TABLE answer_minutes (minute BIGINT PRIMARY KEY, answers BIGINT NOT NULL, fallbacks BIGINT NOT NULL, empty_answers BIGINT NOT NULL, slow BIGINT NOT NULL)",
    ];

    /// <summary>How often each item was shown in each arm, and what of it is whose.</summary>
    private static string[] ShownItems =>
    [
        "ALTER TABLE contributions ADD COLUMN shown TEXT NOT NULL DEFAULT ''",
        "CREATE TABLE shown_items (experiment TEXT NOT NULL, arm TEXT NOT NULL, item TEXT NOT NULL, shown BIGINT NOT NULL, PRIMARY KEY (experiment, arm, item))",
    ];

    /// <summary>Whether a sealed experiment's rows are gone: nobody has to look for them again.</summary>
    private static string[] Cleared => ["ALTER TABLE experiment_intake ADD COLUMN cleared_ms BIGINT"];

    /// <summary>Served lists for the trainer, and the teams of interleaved ones (docs/decisions/0030).</summary>
    private static string[] Lists =>
    [
        "CREATE TABLE served_lists (request_id TEXT NOT NULL, unit TEXT NOT NULL, at_ms BIGINT NOT NULL, content TEXT NOT NULL, arrived_ms BIGINT NOT NULL, PRIMARY KEY (request_id, unit))",
        "CREATE INDEX served_lists_by_arrival ON served_lists (arrived_ms)",
        "CREATE INDEX served_lists_of_unit ON served_lists (unit)",
        """
        CREATE TABLE team_lists (
            request_id TEXT NOT NULL, unit TEXT NOT NULL, experiment TEXT NOT NULL, at_ms BIGINT NOT NULL, teams TEXT NOT NULL, PRIMARY KEY (request_id, unit, experiment))
        """,
        "CREATE INDEX team_lists_of ON team_lists (experiment)",
        "CREATE INDEX team_lists_of_unit ON team_lists (unit)",
    ];

    /// <summary>What came of served lists by day and model, and up to when lists are counted (docs/decisions/0034).</summary>
    private static string[] ModelDays =>
    [
        """
        CREATE TABLE model_days (
            day BIGINT NOT NULL, model TEXT NOT NULL, lists BIGINT NOT NULL, clicked_lists BIGINT NOT NULL, items BIGINT NOT NULL, clicks BIGINT NOT NULL, purchases BIGINT NOT NULL, PRIMARY KEY (day, model))
        """,
        "CREATE TABLE model_days_counted (name TEXT PRIMARY KEY, arrived_ms BIGINT NOT NULL)",
    ];
}
