using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>Tables of definitions, their audit log, snapshots, epochs and exposures.</summary>
internal static class ExperimentSchema
{
    public static SchemaPlan Plan(TimeProvider time) => new("experiment-svc", [new Migration(1, First), new Migration(2, Second)]);

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
}
