using Splitrail.Models;
using Splitrail.Trainer.Ranker.Contexts;

namespace Splitrail.Trainer.Ranker;

/// <param name="Trained">The ranker, with its rule for strangers.</param>
/// <param name="Lists">Whole candidate lists of the newest window, to hold a quantised ranker against it.</param>
/// <param name="Drift">How features and scores were distributed.</param>
/// <param name="ServedLists">How many lists as served taught it.</param>
internal sealed record RankerOutcome(TrainedRanker Trained, IReadOnlyList<CandidateList> Lists, DriftReference Drift, int ServedLists = 0)
{
    public RankerModel Model => Trained.Model;
}
