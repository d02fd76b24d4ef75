using Splitrail.Datasets;
using Splitrail.Retrieval;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Evaluation.References;

/// <summary>
/// Ratings of 4 and more by users with at least five of them, split by <see cref="HashSplit"/>; what is learnt of a user is masked. Tuning learns the
/// training part and asks for the validation part; the test learns both and asks for the test part.
/// </summary>
internal static class FilmScenes
{
    private const int MinLiked = 5;

    public static ReferenceScene Of(DatasetFolder dataset, RetrievalOptions options, SplitPart asked)
    {
        var users = dataset.ReadEvents().Where(static row => EventWeights.Of(row.Type, row.ValueMicros) > 0)
            .GroupBy(static row => row.UserId!, StringComparer.Ordinal).Where(static user => user.Count() >= MinLiked)
            .Select(user => (Past: user.Where(row => PartOf(row) is var part && part != SplitPart.Test && part != asked).ToArray(),
                Asked: user.Where(row => PartOf(row) == asked).Select(static row => row.ItemId).ToArray())).ToArray();
        var learnt = users.SelectMany(static user => user.Past).OrderBy(static row => row.TimestampMs);
        var model = RetrievalTrainer.Train(InteractionLog.From([.. dataset.ReadItems()], learnt), long.MaxValue, options);
        return new ReferenceScene(
            new CandidateGenerator(model),
            [
                .. users.Where(static user => user.Past.Length > 0 && user.Asked.Length > 0).Select(user => new ReferenceCase(
                    KnownPast.Query(model, user.Past, masked: true, user.Past.Max(static row => row.TimestampMs)), KnownPast.Wanted(model.Items, user.Asked))),
            ]);
    }

    private static SplitPart PartOf(EventRow row) => HashSplit.Of(long.Parse(row.UserId!), long.Parse(row.ItemId));
}
