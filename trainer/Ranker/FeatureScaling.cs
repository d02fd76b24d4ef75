using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Trainer.Ranker;

/// <summary>Standardises each feature and clips it at ±<see cref="Limit"/>, so that one odd value cannot run away with a score.</summary>
/// <param name="Mean">[Width].</param>
/// <param name="InverseDeviation">[Width]; 0 for a feature that never varied, which takes it out.</param>
internal sealed record FeatureScaling(float[] Mean, float[] InverseDeviation)
{
    public const float Limit = 8f;
    private const double Constant = 1e-6;

    public int Width => Mean.Length;

    /// <param name="rows">Row-major, [rows, width].</param>
    /// <param name="width">Values in a row.</param>
    public static FeatureScaling Fit(ReadOnlySpan<float> rows, int width)
    {
        var count = rows.Length / width;
        if (count == 0)
            throw new ArgumentException("There are no rows to fit the scaling on.", nameof(rows));
        var sum = new double[width];
        var squares = new double[width];
        for (var i = 0; i < rows.Length; i++)
            sum[i % width] += rows[i];
        for (var i = 0; i < rows.Length; i++)
        {
            var off = rows[i] - (sum[i % width] / count);
            squares[i % width] += off * off;
        }

        return new FeatureScaling(
            [.. sum.Select(total => (float)(total / count))],
            [.. squares.Select(total => Inverse(Math.Sqrt(total / count)))]);
    }

    public void Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        for (var i = 0; i < row.Length; i++)
            scaled[i] = Math.Clamp((row[i] - Mean[i]) * InverseDeviation[i], -Limit, Limit);
    }

    /// <summary>Answers the name of the scaled features, [rows, Width].</summary>
    public string AddTo(OnnxGraph graph)
    {
        var tip = graph.Add("Sub", graph.Input, graph.Floats(Mean, Width));
        tip = graph.Add("Mul", tip, graph.Floats(InverseDeviation, Width));
        return graph.Add("Clip", tip, graph.Floats([-Limit]), graph.Floats([Limit]));
    }

    private static float Inverse(double deviation) => deviation < Constant ? 0f : (float)(1 / deviation);
}
