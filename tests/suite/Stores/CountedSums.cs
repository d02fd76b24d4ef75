using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Metrics;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>Puts sums where ingestion would have put them, and as it does in one transaction, so that decisions about any of them can be tested.</summary>
internal static class CountedSums
{
    /// <summary>Two arms of so many people, of whom so many converted, since eight days.</summary>
    public static Task CountAsync(this TestStore store, string experiment, long people, long plain, long treated)
    {
        var now = TimeProvider.System.GetUtcNow();
        return store.ExecuteAsync(
            $"BEGIN; {Arm(experiment, "a", people, plain)} {Arm(experiment, "b", people, treated)} "
            + $"INSERT INTO experiment_intake (experiment, first_ms, updated_ms) VALUES ('{experiment}', {now.AddDays(-8).ToUnixTimeMilliseconds()}, {now.ToUnixTimeMilliseconds()}) "
            + "ON CONFLICT (experiment) DO UPDATE SET first_ms = excluded.first_ms, updated_ms = excluded.updated_ms; COMMIT;");
    }

    /// <summary>Two arms of 10,000 people, of whom 5 % and so many converted.</summary>
    public static Task CountAsync(this TestStore store, string experiment, long treated) => store.CountAsync(experiment, 10_000, 500, treated);

    private static string Arm(string experiment, string arm, long people, long converted)
    {
        var sums = new ExactSums(people, (Int128)converted * 1_000_000, (Int128)converted * 1_000_000_000_000);
        return $"INSERT INTO experiment_counts (experiment, kind, arm, epoch, people) VALUES ('{experiment}', '{CountKinds.Counted}', '{arm}', 1, {people}) "
            + "ON CONFLICT (experiment, kind, arm, epoch) DO UPDATE SET people = excluded.people; "
            + $"INSERT INTO experiment_sums (experiment, metric, arm, epoch, sums) VALUES ('{experiment}', '{MetricNames.UserConversion}', '{arm}', 1, '{sums}') "
            + "ON CONFLICT (experiment, metric, arm, epoch) DO UPDATE SET sums = excluded.sums;";
    }
}
