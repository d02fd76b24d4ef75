using Splitrail.Contracts;
using Splitrail.Gateway.Assignment;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.Publishing;
using Splitrail.Gateway.Recommendations;
using Splitrail.Randomness;

namespace Splitrail.Gateway.Impressions;

/// <summary>
/// Takes served lists for publication: a share of all, chosen by the request's id, and every interleaved one, whose clicks could not be credited otherwise. Lists of nobody in particular are not taken:
/// no event could be said to come of them.
/// </summary>
internal sealed class ImpressionLog(GatewayOptions options, GatewayMetrics metrics)
{
    /// <summary>Further down nobody looks, and a message has an end.</summary>
    public const int MostItems = 100;

    public PublishBuffer<Impression> Buffer { get; } = new(options.ImpressionBufferSize, metrics.ImpressionsDropped);

    public ListRows RowsFor(string requestId) => options.ImpressionShare == 0 ? ListRows.Never : IsChosen(requestId) ? ListRows.Always : ListRows.WhenKept;

    /// <param name="scope">The request.</param>
    /// <param name="list">What the shelf was filled from; null when a fallback filled it.</param>
    /// <param name="shelf">What is shown.</param>
    /// <param name="level">Fallback level.</param>
    /// <param name="requestId">The request's id.</param>
    public void Log(RequestScope scope, RankedList? list, Shelf shelf, int level, string requestId)
    {
        var arms = scope.Arms;
        var interleaving = shelf.Ranked.Any(static item => item.Team is not null) ? InterleavingOf(arms) : null;
        var isChosen = scope.Rows == ListRows.Always;
        if (arms.Subject.IdIn(null) is not { } unit || shelf.Ranked.Count == 0 || (interleaving is null && !isChosen))
            return;
        Buffer.Add(new Impression(
            requestId,
            unit,
            arms.Subject.KindIn(null),
            scope.NowMs,
            scope.Control.Version,
            level,
            list?.ModelVersion,
            list?.CandidateVersion,
            isChosen ? list?.FeatureSet : null,
            [.. arms.Arms.Select(static arm => new ImpressionArm(arm.Experiment, arm.Arm, arm.Epoch, arm.IsForced ? 1 : arm.Probability))],
            [.. shelf.Ranked.Take(MostItems).Select((item, i) => new ImpressionItem(
                item.ItemId, i + 1, item.Propensity, isChosen && !item.Features.IsEmpty ? item.Features.ToArray() : null, item.Team, item.Features.IsEmpty ? null : Math.Clamp(item.Score, 0f, 1f)))],
            interleaving));
    }

    private static TeamCredit? InterleavingOf(ArmSet arms) => arms.Teams is { } teams && arms.Subject.IdIn(teams.Unit) is { } unit
        ? new TeamCredit(teams.Experiment, unit, arms.Subject.KindIn(teams.Unit))
        : null;

    private bool IsChosen(string requestId) => options.ImpressionShare >= 1 || (SplitMix64.Mix(SplitMix64.Hash(requestId)) >> 11) * (1.0 / (1UL << 53)) < options.ImpressionShare;
}
