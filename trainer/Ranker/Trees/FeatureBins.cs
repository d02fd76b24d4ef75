namespace Splitrail.Trainer.Ranker.Trees;

/// <summary>
/// Rows with each feature cut into at most 256 bins at quantiles. Edges are values that occur: bin b holds those above edge b - 1 and up to edge b, so
/// "bin at most b" and "value at most edge b" are one question.
/// </summary>
internal sealed class FeatureBins
{
    public const int Most = 256;
    private const int Sampled = 100_000;
    private readonly float[][] _edges;
    private readonly byte[][] _bins;

    public FeatureBins(RankerTask task)
    {
        var rows = task.Rows;
        _edges = new float[rows.Width][];
        _bins = new byte[rows.Width][];
        var features = rows.Features.ToArray();
        Parallel.For(0, rows.Width, task.Parallelism, feature =>
        {
            _edges[feature] = Edges(features, feature, rows.Width);
            _bins[feature] = new byte[rows.Count];
            for (var row = 0; row < rows.Count; row++)
                _bins[feature][row] = BinOf(_edges[feature], features[(row * rows.Width) + feature]);
        });
    }

    public int Features => _bins.Length;

    /// <summary>Bins of all rows by one feature.</summary>
    public ReadOnlySpan<byte> Of(int feature) => _bins[feature];

    /// <summary>The greatest value of a bin; the last bin has none.</summary>
    public float UpperEdge(int feature, int bin) => _edges[feature][bin];

    /// <summary>Bins of a feature; 1 when it never varies.</summary>
    public int Count(int feature) => _edges[feature].Length + 1;

    private static float[] Edges(float[] features, int feature, int width)
    {
        var rows = features.Length / width;
        var stride = Math.Max(1, rows / Sampled);
        var sample = new float[(rows + stride - 1) / stride];
        for (var i = 0; i < sample.Length; i++)
            sample[i] = features[(i * stride * width) + feature];
        Array.Sort(sample);
        var edges = new List<float>(Most);
        for (var quantile = 1; quantile < Most; quantile++)
        {
            var value = sample[(int)((long)quantile * sample.Length / Most)];
            if ((edges.Count == 0 || value > edges[^1]) && value < sample[^1])
                edges.Add(value);
        }

        return [.. edges];
    }

    private static byte BinOf(float[] edges, float value)
    {
        var at = Array.BinarySearch(edges, value);
        return (byte)(at < 0 ? ~at : at);
    }
}
