using System.Globalization;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Lists;

namespace Splitrail.Gateway.Recommendations;

/// <summary>From what the pipeline made to what the public API says.</summary>
internal static class Answers
{
    public static RecommendationResponse Of(Recommended made, string requestId) => new(
        made.Items,
        made.ModelVersion,
        Shown(made.Arms),
        made.Arms.Arms is [var first, ..] ? $"{first.Experiment}_{first.Arm}" : null,
        made.Level,
        made.Cause,
        made.EmptyReason,
        requestId,
        Math.Round(made.Elapsed.TotalMilliseconds, 3),
        made.CandidateVersion,
        made.Explanation is { } why ? new ListExplanation(why.Ranker, why.ReRanker, why.Rules) : null);

    public static UserRecommendations ForUser(string userId, Recommended made, string requestId) => new(
        userId,
        Predicted(made.Items),
        made.Considered,
        made.ModelVersion,
        made.Level,
        requestId);

    /// <summary>All on one scale: ratings where the model says some, else scores.</summary>
    private static PredictedItem[] Predicted(IReadOnlyList<ShownItem> items)
    {
        var areRatings = items.Any(static item => item.PredictedRating is not null);
        return
        [
            .. items.Select(item => new PredictedItem(
                item.ItemId, item.Metadata?.Title, areRatings ? item.PredictedRating : item.Score, item.Uncertainty, item.ConfidenceInterval, item.Score)),
        ];
    }

    private static ExperimentArmShown[] Shown(ArmSet arms)
    {
        if (arms.Arms.Count == 0)
            return [];
        var shown = new ExperimentArmShown[arms.Arms.Count];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = new ExperimentArmShown(arms.Arms[i].Experiment, arms.Arms[i].Arm);
        return shown;
    }
}

/// <summary>The control snapshot's version as a header; it changes seldom, so its text is kept.</summary>
internal static class SnapshotVersion
{
    private static volatile Tuple<long, string> s_last = Tuple.Create(0L, "0");

    public static string Text(long version)
    {
        var last = s_last;
        if (last.Item1 == version)
            return last.Item2;
        s_last = last = Tuple.Create(version, version.ToString(CultureInfo.InvariantCulture));
        return last.Item2;
    }
}
