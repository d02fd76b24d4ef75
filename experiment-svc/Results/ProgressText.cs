using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Inference;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>How far an experiment is, and when it is expected to be where it was planned to.</summary>
internal static class ProgressText
{
    /// <summary>Or the first minutes would promise the moon.</summary>
    private static readonly TimeSpan s_leastTime = TimeSpan.FromHours(1);

    private static readonly TimeSpan s_furthest = TimeSpan.FromDays(36500);

    public static ProgressView Of(EvaluationFacts facts, SampleProgress progress, long? firstMs)
    {
        var now = ResultsText.Time(facts.NowMs);
        double? perDay = firstMs is { } first && progress.Users > 0 ? progress.Users / Math.Max((now - ResultsText.Time(first)).TotalDays, s_leastTime.TotalDays) : null;
        return new ProgressView(
            progress.Users, progress.PlannedUsers > 0 ? progress.PlannedUsers : null, perDay, progress.Information, progress.LooksTaken, progress.NextLookUsers,
            facts.Plan.FloorUsersPerArm, facts.Plan.FloorDays, facts.Plan.HorizonMs is { } end ? ResultsText.Time(end) : null, Projected(facts, progress, perDay, now));
    }

    private static DateTimeOffset? Projected(EvaluationFacts facts, SampleProgress progress, double? perDay, DateTimeOffset now)
    {
        if (progress.PlannedUsers <= 0 || perDay is not > 0)
            return null;
        var days = Math.Max(0, progress.PlannedUsers - progress.Users) / perDay.Value;
        if (days > s_furthest.TotalDays)
            return null;
        var (users, floor) = (now.AddDays(days), ResultsText.Time(facts.StartedMs).AddDays(facts.Plan.FloorDays));
        return users > floor ? users : floor;
    }
}
