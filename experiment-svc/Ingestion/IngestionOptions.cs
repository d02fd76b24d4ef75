
namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>Settings of section <c>ExperimentSvc:Ingestion</c>.</summary>
/// <param name="Excluded">Ids of bots and internal users and sessions, comma-separated; <c>*</c> at the end or the beginning stands for anything.</param>
/// <param name="MostEvents">Who has more events than this is taken for a bot.</param>
/// <param name="LookBack">How long before the exposure events count for covariates.</param>
/// <param name="Retention">How long after its end an experiment's raw rows are kept, and events nobody needs.</param>
/// <param name="RetentionInterval">How often that is looked at.</param>
/// <param name="BatchSize">At most so many exposures and outcomes in one transaction, if they do not come in one delivery.</param>
/// <param name="KnownExposures">How many exposures are remembered so that their repetitions need no SQL.</param>
/// <param name="Heartbeat">How often the broker is asked whether everything was delivered, so that a quiet night is not taken for lost events.</param>
internal sealed record IngestionOptions(
    IReadOnlyList<string> Excluded, int MostEvents, TimeSpan LookBack, TimeSpan Retention, TimeSpan RetentionInterval, int BatchSize, int KnownExposures, TimeSpan Heartbeat)
{
    public static IngestionOptions Default { get; } =
        new([], 5000, TimeSpan.FromDays(14), TimeSpan.FromDays(30), TimeSpan.FromHours(1), 10_000, 500_000, TimeSpan.FromMinutes(1));

    public static IngestionOptions From(IConfigurationSection section, List<string> faults)
    {
        var excluded = (section[nameof(Excluded)] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var pattern in excluded.Where(static pattern => ExclusionRules.FaultOf(pattern) is not null))
            faults.Add($"{section.Path}:{nameof(Excluded)} holds '{pattern}', {ExclusionRules.FaultOf(pattern)}: give ids such as monitor-1, or bot-* and *@example.com.");
        return new IngestionOptions(
            excluded,
            SettingText.Number(section, nameof(MostEvents), Default.MostEvents, 10, 100_000, faults),
            SettingText.Span(section, nameof(LookBack), Default.LookBack, TimeSpan.Zero, TimeSpan.FromDays(365), faults),
            SettingText.Span(section, nameof(Retention), Default.Retention, TimeSpan.FromDays(1), TimeSpan.FromDays(3650), faults),
            SettingText.Span(section, nameof(RetentionInterval), Default.RetentionInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1), faults),
            SettingText.Number(section, nameof(BatchSize), Default.BatchSize, 1, 50_000, faults),
            SettingText.Number(section, nameof(KnownExposures), Default.KnownExposures, 0, 10_000_000, faults),
            SettingText.Span(section, nameof(Heartbeat), Default.Heartbeat, TimeSpan.FromMilliseconds(50), TimeSpan.FromDays(1), faults));
    }
}
