using Splitrail.Policies;

namespace Splitrail.Trainer.Ranker;

/// <summary>A way to learn a scorer.</summary>
internal interface IRankerLearner : INamedPolicy
{
    /// <summary>Learns from the training contexts for as long as the validation contexts gain.</summary>
    /// <param name="task">Rows and both sides.</param>
    LearntScorer Learn(RankerTask task);
}

/// <summary>What is learnt from.</summary>
/// <param name="Rows">All rows.</param>
/// <param name="Training">Contexts to learn from.</param>
/// <param name="Validation">Contexts to stop by.</param>
/// <param name="Seed">The same seed and rows give the same scorer, whatever the number of threads.</param>
/// <param name="Progress">Told one line per step.</param>
/// <param name="Threads">Most that work at a time; -1 for all cores.</param>
internal sealed record RankerTask(TrainingRows Rows, int[] Training, int[] Validation, int Seed, Action<string>? Progress, int Threads = -1)
{
    internal ParallelOptions Parallelism { get; } = new() { MaxDegreeOfParallelism = Threads };
}

/// <param name="Held">Learnt from the training contexts alone.</param>
/// <param name="Refit">Learns from all rows, for as long as was best on the validation contexts.</param>
internal sealed record LearntScorer(IScorer Held, Func<IScorer> Refit);
