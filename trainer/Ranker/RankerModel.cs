using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// What turns features into probabilities: a scorer's log-odds, their calibration, a rule for strangers, a sigmoid at the end. This serves training
/// and evaluation; the service runs the same in ONNX Runtime.
/// </summary>
/// <param name="Scorer">Gives the log-odds.</param>
/// <param name="Strangers">Takes the scorer's place where nothing is known of the shopper; null leaves it to the scorer.</param>
/// <param name="Calibration">Makes the scorer's log-odds those of the rows they are of (Platt 1999); null leaves them.</param>
internal sealed record RankerModel(IScorer Scorer, StrangerRule? Strangers = null, LogisticLine? Calibration = null)
{
    public RankerModel(FeatureScaling scaling, IReadOnlyList<DenseLayer> layers)
        : this(new Network(scaling, layers))
    {
    }

    /// <summary>Probability of a positive interaction for each row.</summary>
    /// <param name="rows">Row-major, [rows, Scorer.Width].</param>
    /// <param name="scores">[rows].</param>
    public void Score(ReadOnlySpan<float> rows, Span<float> scores)
    {
        var width = Scorer.Width;
        if (rows.Length != scores.Length * width)
            throw new ArgumentException($"{scores.Length} scores need {scores.Length * width} features, not {rows.Length}.", nameof(rows));
        Scorer.Score(rows, scores);
        for (var row = 0; row < scores.Length; row++)
        {
            var features = rows.Slice(row * width, width);
            var logit = Strangers?.AppliesTo(features) == true ? Strangers.Logit(features) : Calibration?.At(scores[row]) ?? scores[row];
            scores[row] = Sigmoid(logit);
        }
    }

    /// <summary>Writes the model as ONNX; the metadata name the feature set it was trained on.</summary>
    public byte[] ToOnnx(IReadOnlyDictionary<string, string> metadata) => OnnxWriter.Write(this, metadata);

    internal static float Sigmoid(float logit) => (float)(1 / (1 + Math.Exp(-logit)));
}
