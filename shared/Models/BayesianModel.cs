namespace Splitrail.Models;

/// <summary>
/// Bayesian matrix factorisation of ratings (Salakhutdinov and Mnih 2008, "Bayesian Probabilistic Matrix Factorization using Markov chain Monte Carlo"), the items' half of it: some draws from the posterior of
/// the items' vectors, each with the priors and the noise it was drawn with. Users are folded in from their ratings when a request comes, exactly, given each draw. The last number of every vector is a bias: a rating
/// is mean + p.q + user's bias + item's bias + noise. Items that nobody rated have no rows; they are as the items' prior says.
/// </summary>
public sealed class BayesianModel
{
    /// <summary>D: length of a vector, its bias included.</summary>
    public required int Width { get; init; }

    /// <summary>S: draws that are kept.</summary>
    public required int Samples { get; init; }

    /// <summary>Of all ratings; vectors say what is beyond it.</summary>
    public required float Mean { get; init; }

    /// <summary>The lowest rating seen.</summary>
    public required float Lowest { get; init; }

    /// <summary>The highest rating seen.</summary>
    public required float Highest { get; init; }

    /// <summary>How many ratings it was learnt from.</summary>
    public required int Ratings { get; init; }

    /// <summary>Positions in the model of the items that have rows, ascending.</summary>
    public required int[] Rated { get; init; }

    /// <summary>Rated items x S x D.</summary>
    public required float[] ItemRows { get; init; }

    /// <summary>S x D: mean of the users' prior.</summary>
    public required float[] UserMeans { get; init; }

    /// <summary>S x D x D, symmetric: precision of the users' prior.</summary>
    public required float[] UserPrecisions { get; init; }

    /// <summary>S x D.</summary>
    public required float[] ItemMeans { get; init; }

    /// <summary>S x D x D, symmetric.</summary>
    public required float[] ItemPrecisions { get; init; }

    /// <summary>S: one over the variance of a rating around what the vectors say.</summary>
    public required float[] NoisePrecisions { get; init; }

    /// <exception cref="ModelException">The arrays do not fit each other.</exception>
    internal BayesianModel Checked(string path)
    {
        var fits = Width is >= 2 and <= 256 && Samples is >= 1 and <= 1000 && float.IsFinite(Mean) && Lowest <= Highest
            && ItemRows.LongLength == (long)Rated.Length * Samples * Width
            && UserMeans.Length == Samples * Width && ItemMeans.Length == Samples * Width
            && UserPrecisions.Length == Samples * Width * Width && ItemPrecisions.Length == Samples * Width * Width
            && NoisePrecisions.Length == Samples && NoisePrecisions.All(static precision => precision > 0);
        return fits ? this : throw new ModelException($"'{path}' holds {Samples} draws of {Width} numbers for {Rated.Length} items, and arrays that do not fit them.");
    }
}
