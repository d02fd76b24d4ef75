namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>
/// Block Gibbs sampling of Bayesian matrix factorisation (Salakhutdinov and Mnih 2008), with a bias as the last number of every vector and the noise drawn too: a sweep draws the users' prior, the users, the items' prior,
/// the items and the precision of a rating, each from its distribution given all the others.
/// </summary>
internal sealed class GibbsSampler
{
    /// <summary>Gamma prior of the noise's precision: worth one rating.</summary>
    private const double NoiseShape = 1;
    private const double NoiseRate = 1;

    private readonly RatingMatrix _ratings;
    private readonly ulong _seed;
    private ulong _sweep;

    /// <param name="ratings">Users x items.</param>
    /// <param name="options">Sizes and seed.</param>
    public GibbsSampler(RatingMatrix ratings, BayesianOptions options)
    {
        (_ratings, _seed) = (ratings, (ulong)options.Seed);
        Users = new GibbsSide(ratings, options);
        Items = new GibbsSide(ratings.Transpose(), options);
        Users.Begin(StreamOf(Part.Users));
        Items.Begin(StreamOf(Part.Items));
    }

    public GibbsSide Users { get; }

    public GibbsSide Items { get; }

    /// <summary>alpha: one over the variance of a rating around what the vectors say.</summary>
    public float NoisePrecision { get; private set; } = 1f;

    public void Sweep()
    {
        _sweep++;
        DrawSide(Users, Items, Part.UserPrior, Part.Users);
        DrawSide(Items, Users, Part.ItemPrior, Part.Items);
        var draws = new NormalDraws(_seed, StreamOf(Part.Noise));
        NoisePrecision = (float)(draws.NextGamma(NoiseShape + _ratings.Count / 2.0) / (NoiseRate + Users.SquaredErrors(Items.Vectors) / 2));
    }

    private void DrawSide(GibbsSide side, GibbsSide other, Part prior, Part vectors)
    {
        var draws = new NormalDraws(_seed, StreamOf(prior));
        side.Prior.Draw(side.Vectors, ref draws);
        side.Draw(other.Vectors, NoisePrecision, StreamOf(vectors));
    }

    /// <summary>The first of 2^32 streams that this sweep has for a part of its work.</summary>
    private ulong StreamOf(Part part) => (_sweep << 36) + ((ulong)part << 32);

    private enum Part
    {
        UserPrior,
        Users,
        ItemPrior,
        Items,
        Noise,
    }
}
