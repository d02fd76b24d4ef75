namespace Splitrail.Retrieval.Bayesian;

/// <summary>A user's vector as a normal distribution given each draw of the items: room that <see cref="RatingPredictor.Fold"/> fills anew for each request.</summary>
/// <param name="samples">S.</param>
/// <param name="width">D.</param>
public sealed class RatingPosterior(int samples, int width)
{
    /// <summary>S x D.</summary>
    internal float[] Means { get; } = new float[samples * width];

    /// <summary>S x D x D, symmetric.</summary>
    internal float[] Covariances { get; } = new float[samples * width * width];

    /// <summary>Of an item that nobody has rated: the same for all of them.</summary>
    internal PredictedRating Unrated { get; set; }

    /// <summary>Ratings it was made from; with 0 it is the users' prior.</summary>
    public int Ratings { get; internal set; }

    internal float[] Matrix { get; } = new float[width * width];

    internal float[] Vector { get; } = new float[width];

    internal float[] Gathered { get; } = new float[RatingPredictor.Depth * width];

    internal Span<float> MeanOf(int sample) => Means.AsSpan(sample * width, width);

    internal Span<float> CovarianceOf(int sample) => Covariances.AsSpan(sample * width * width, width * width);
}
