namespace Splitrail.Trainer.Ranker;

/// <summary>Log-odds as a line in one value.</summary>
internal readonly record struct LogisticLine(float Slope, float Intercept)
{
    private const double MinSlope = 0.01;
    private const int Iterations = 30;

    public float At(float value) => (Slope * value) + Intercept;

    /// <summary>Fits by Newton's method with a little ridge, which keeps separable rows finite; the slope stays above 0, so the order stays.</summary>
    /// <param name="values">[rows].</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">Of each row.</param>
    public static LogisticLine Fit(ReadOnlySpan<float> values, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        const double ridge = 1e-3;
        var (slope, intercept) = (1.0, 0.0);
        for (var i = 0; i < Iterations; i++)
        {
            var (gs, gi, ss, si, ii) = (ridge * slope, ridge * intercept, ridge, 0.0, ridge);
            for (var row = 0; row < values.Length; row++)
            {
                var x = values[row];
                var p = 1 / (1 + Math.Exp(-((slope * x) + intercept)));
                var (off, curve) = (weights[row] * (p - labels[row]), weights[row] * p * (1 - p));
                (gs, gi, ss, si, ii) = (gs + (off * x), gi + off, ss + (curve * x * x), si + (curve * x), ii + curve);
            }

            var determinant = (ss * ii) - (si * si);
            slope -= Math.Clamp(((ii * gs) - (si * gi)) / determinant, -1, 1);
            intercept -= Math.Clamp(((ss * gi) - (si * gs)) / determinant, -2, 2);
        }

        return new LogisticLine((float)Math.Max(slope, MinSlope), (float)intercept);
    }
}
