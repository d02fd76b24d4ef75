namespace Splitrail.ExperimentSvc.Registry;

/// <summary>Settings of section <c>ExperimentSvc:Registry</c>.</summary>
/// <param name="ArchivedKept">So many archived versions keep their files, the newest; those that serve, may serve again or are named by an experiment always do.</param>
/// <param name="RetentionInterval">How often that is looked at.</param>
/// <param name="LargestMegabytes">Of all files of a version together.</param>
/// <param name="QualityTolerance">Part by which a version's quality metrics may be below production's: what one split by time differs from the next by chance.</param>
/// <param name="LatencyTolerance">Part by which its measured latency may be above production's.</param>
/// <param name="Watch">How long an activation is watched; 0 watches none.</param>
/// <param name="WatchInterval">How often, at most.</param>
/// <param name="WatchAlpha">Chance that a watch rolls back a version that is as good as the one before, for each metric.</param>
/// <param name="WatchMargin">Part by which a metric must be worse than before to count as worse.</param>
/// <param name="CheckTimeout">How long a caller waits for ranking-svc to open a version; less than resiliency.yaml gives a call of this service.</param>
/// <param name="CalibrationInterval">How often served scores are compared with what came of them.</param>
/// <param name="CalibrationAfter">Lists younger than this are not compared yet: people take their time.</param>
internal sealed record RegistryOptions(
    int ArchivedKept, TimeSpan RetentionInterval, int LargestMegabytes, double QualityTolerance, double LatencyTolerance,
    TimeSpan Watch, TimeSpan WatchInterval, double WatchAlpha, double WatchMargin, TimeSpan CheckTimeout, TimeSpan CalibrationInterval, TimeSpan CalibrationAfter)
{
    public static RegistryOptions Default { get; } =
        new(5, TimeSpan.FromMinutes(10), 1024, 0.02, 0.5, TimeSpan.FromHours(24), TimeSpan.FromMinutes(1), 0.01, 0.05, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));

    public static RegistryOptions From(IConfigurationSection section, List<string> faults) => new(
        SettingText.Number(section, nameof(ArchivedKept), Default.ArchivedKept, 1, 1000, faults),
        SettingText.Span(section, nameof(RetentionInterval), Default.RetentionInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1), faults),
        SettingText.Number(section, nameof(LargestMegabytes), Default.LargestMegabytes, 1, 1_000_000, faults),
        SettingText.Part(section, nameof(QualityTolerance), Default.QualityTolerance, 0, 1, faults),
        SettingText.Part(section, nameof(LatencyTolerance), Default.LatencyTolerance, 0, 100, faults),
        SettingText.Span(section, nameof(Watch), Default.Watch, TimeSpan.Zero, TimeSpan.FromDays(14), faults),
        SettingText.Span(section, nameof(WatchInterval), Default.WatchInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1), faults),
        SettingText.Part(section, nameof(WatchAlpha), Default.WatchAlpha, 1e-6, 0.2, faults),
        SettingText.Part(section, nameof(WatchMargin), Default.WatchMargin, 0, 0.9, faults),
        SettingText.Span(section, nameof(CheckTimeout), Default.CheckTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5), faults),
        SettingText.Span(section, nameof(CalibrationInterval), Default.CalibrationInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1), faults),
        SettingText.Span(section, nameof(CalibrationAfter), Default.CalibrationAfter, TimeSpan.Zero, TimeSpan.FromHours(20), faults));
}
