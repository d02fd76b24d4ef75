using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Evaluation.References;

/// <summary>
/// Every session as if nobody knew whose it was: given its first items, the rest is asked for. Sessions of 6 to 100 items. Item-to-item weights are learnt
/// once, before the cut; popularity is causal, counted anew at the beginning of each day that asks, as a shop that counts every night has it.
/// </summary>
internal sealed class GuestScenes
{
    private const long DayMs = 86_400_000;
    private readonly IReadOnlyList<(CandidateGenerator Generator, long DayMs, string[][] Sessions)> _days;

    public GuestScenes(DatasetFolder dataset, ReferencePeriod period, RetrievalOptions options)
    {
        var rows = dataset.ReadEvents().Select(static row => row with { UserId = null }).ToArray();
        var log = InteractionLog.From([.. dataset.ReadItems()], rows);
        var learnt = RetrievalTrainer.Train(log, period.CutMs, options);
        _days =
        [
            .. rows.Where(period.Asks).GroupBy(static row => row.SessionId!, StringComparer.Ordinal)
                .Select(static session => (BeginMs: session.First().TimestampMs, Items: session.Select(static row => row.ItemId).Distinct(StringComparer.Ordinal).ToArray()))
                .Where(static session => session.Items.Length is >= 6 and <= 100)
                .GroupBy(static session => session.BeginMs - session.BeginMs % DayMs)
                .Select(day => (new CandidateGenerator(AsOf(day.Key)), day.Key, day.Select(static session => session.Items).ToArray())),
        ];

        RetrievalModel AsOf(long dayMs) => learnt with { Statistics = RetrievalTrainer.CountAnew(log, learnt, dayMs) };
    }

    /// <summary>One scene a day.</summary>
    /// <param name="given">So many items of each session are known.</param>
    public IReadOnlyList<ReferenceScene> Given(int given) =>
    [
        .. _days.Select(day => new ReferenceScene(day.Generator,
        [
            .. day.Sessions.Select(items => new ReferenceCase(
                RetrievalQuery.Create(day.Generator.Model, UserContext.Empty, items[..given], day.DayMs), KnownPast.Wanted(day.Generator.Model.Items, items.Skip(given)))),
        ])),
    ];
}
