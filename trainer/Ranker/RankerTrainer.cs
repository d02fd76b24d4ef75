using Splitrail.Models;
namespace Splitrail.Trainer.Ranker;

/// <summary>
/// Trains a ranker: the learner stops by the newest contexts, half of these calibrate its log-odds and the other half say how well that went; then it
/// learns from all rows for as long as was best.
/// </summary>
internal static class RankerTrainer
{
    private const double ValidationShare = 0.15;

    /// <param name="rows">What to learn from.</param>
    /// <param name="learner">One of <see cref="RankerLearners"/>.</param>
    /// <param name="seed">The same seed and rows give the same ranker, whatever the number of threads.</param>
    /// <param name="progress">Told one line per step.</param>
    /// <param name="threads">Most that work at a time; -1 for all cores.</param>
    /// <exception cref="ArgumentException">There is nothing to learn: fewer than two contexts, one kind of label, or features that are not numbers.</exception>
    public static TrainedRanker Train(TrainingRows rows, IRankerLearner learner, int seed, Action<string>? progress = null, int threads = -1)
    {
        if (!rows.CanTeach)
            throw new ArgumentException($"A ranker needs wanted and unwanted candidates of two contexts; there are {rows.Count} rows of {rows.Contexts}, {rows.Wanted} wanted.");
        if (rows.FirstNotFinite() is { } odd)
            throw new ArgumentException($"Feature {odd.Feature} of row {odd.Row} is {rows.Features[(odd.Row * rows.Width) + odd.Feature]}: a ranker learns from finite numbers only.");
        var (training, validation) = ValidationSplit.Of(rows, ValidationShare, seed);
        var learnt = learner.Learn(new RankerTask(rows, training, validation, seed, progress, threads));
        var (calibration, before, after) = Calibrate(rows, learnt.Held, validation);
        progress?.Invoke($"{learner.Name}: calibration error {before:0.00000}, calibrated {after:0.00000}");
        return new TrainedRanker(learner.Name, new RankerModel(learnt.Refit(), Calibration: calibration), after, before);
    }

    private static (LogisticLine Line, double Before, double After) Calibrate(TrainingRows rows, IScorer scorer, int[] validation)
    {
        // Every other context, so that both halves are of the same days.
        var halves = validation.Index().ToLookup(static at => at.Index % 2 == 0, static at => at.Item);
        var (logits, labels, weights) = Scored(rows, scorer, [.. halves[true]]);
        var line = LogisticLine.Fit(logits, labels, weights);
        // A single context leaves none to judge by: it is judged on what calibrated it.
        (logits, labels, weights) = Scored(rows, scorer, validation.Length > 1 ? [.. halves[false]] : validation);
        var before = CalibrationError.Of(Array.ConvertAll(logits, RankerModel.Sigmoid), labels, weights);
        return (line, before, CalibrationError.Of(Array.ConvertAll(logits, logit => RankerModel.Sigmoid(line.At(logit))), labels, weights));
    }

    private static (float[] Logits, float[] Labels, float[] Weights) Scored(TrainingRows rows, IScorer scorer, int[] contexts)
    {
        var chosen = ValidationSplit.RowsOf(rows, contexts);
        var starts = new int[contexts.Length + 1];
        for (var i = 0; i < contexts.Length; i++)
            starts[i + 1] = starts[i] + rows.RowsOf(contexts[i]).GetOffsetAndLength(rows.Count).Length;
        var logits = new float[chosen.Length];
        Parallel.For(0, contexts.Length, i =>
        {
            var (start, length) = rows.RowsOf(contexts[i]).GetOffsetAndLength(rows.Count);
            scorer.Score(rows.Features.Slice(start * rows.Width, length * rows.Width), logits.AsSpan(starts[i], length));
        });
        return (logits, Array.ConvertAll(chosen, row => rows.Labels[row]), Array.ConvertAll(chosen, row => rows.Weights[row]));
    }
}

/// <param name="Kind">The learner's name.</param>
/// <param name="Model">Learnt from all rows.</param>
/// <param name="CalibrationError">On contexts that neither taught nor calibrated: see <see cref="Models.CalibrationError"/>.</param>
/// <param name="UncalibratedError">The same without calibration.</param>
internal sealed record TrainedRanker(string Kind, RankerModel Model, double CalibrationError, double UncalibratedError);
