namespace Splitrail.ExperimentSvc.Statistics;

/// <summary>
/// A contextual bandit with one linear model per action and an optimist's choice among them (Li, Chu, Langford and Schapire, A Contextual-Bandit Approach to Personalized News
/// Article Recommendation, WWW 2010). The inverse of each action's matrix is kept and updated by Sherman and Morrison's formula, d² steps an update.
/// </summary>
/// <param name="actions">How many.</param>
/// <param name="dimensions">d, of a context.</param>
/// <param name="optimism">Standard deviations added to each prediction.</param>
internal sealed class LinUcb(int actions, int dimensions, double optimism)
{
    private readonly double[][] _inverse = [.. Enumerable.Range(0, actions).Select(_ => Identity(dimensions))];
    private readonly double[][] _rewarded = [.. Enumerable.Range(0, actions).Select(_ => new double[dimensions])];

    public void Learn(ReadOnlySpan<double> context, int action, double reward)
    {
        var (inverse, direction) = (_inverse[action], Times(action, context));
        var scale = 1 + Dot(direction, context);
        for (var row = 0; row < dimensions; row++)
        {
            for (var column = 0; column < dimensions; column++)
                inverse[(row * dimensions) + column] -= direction[row] * direction[column] / scale;
            _rewarded[action][row] += reward * context[row];
        }
    }

    /// <summary>The action's coefficients, by ridge regression with a weight of 1.</summary>
    public double[] Coefficients(int action) => Times(action, _rewarded[action]);

    public double Predicted(ReadOnlySpan<double> context, int action) => Dot(Coefficients(action), context);

    /// <summary>How little is known of the reward of this action in this context, in its unit.</summary>
    public double Deviation(ReadOnlySpan<double> context, int action) => Math.Sqrt(Math.Max(0, Dot(Times(action, context), context)));

    public double UpperBound(ReadOnlySpan<double> context, int action) => Predicted(context, action) + (optimism * Deviation(context, action));

    /// <summary>The action with the highest bound; the first of equal ones.</summary>
    public int Choose(ReadOnlySpan<double> context)
    {
        var (best, bound) = (0, double.NegativeInfinity);
        for (var action = 0; action < actions; action++)
        {
            var own = UpperBound(context, action);
            if (own > bound)
                (best, bound) = (action, own);
        }

        return best;
    }

    private double[] Times(int action, ReadOnlySpan<double> vector)
    {
        var product = new double[dimensions];
        for (var row = 0; row < dimensions; row++)
            product[row] = Dot(_inverse[action].AsSpan(row * dimensions, dimensions), vector);
        return product;
    }

    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private static double[] Identity(int dimensions)
    {
        var matrix = new double[dimensions * dimensions];
        for (var i = 0; i < dimensions; i++)
            matrix[(i * dimensions) + i] = 1;
        return matrix;
    }
}
