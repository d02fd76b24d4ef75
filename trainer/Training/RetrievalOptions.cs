using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Trainer.Training;

/// <summary>Hyper-parameters of the retrieval models. The defaults are near the best on shops and ratings alike: docs/quality.md.</summary>
internal sealed record RetrievalOptions
{
    public AlsOptions Als { get; init; } = new();

    /// <summary>Ridge of EASE.</summary>
    public float EaseLambda { get; init; } = 400f;

    /// <summary>What the words of an item count in EASE against one subject, as a share of <see cref="EaseLambda"/>; 0 leaves them out.</summary>
    public float EaseWords { get; init; } = 0.05f;

    /// <summary>EASE leaves out items that fewer subjects had: their weights would be noise, and time grows with the cube of what is covered.</summary>
    public int EaseMinSupport { get; init; } = 2;

    /// <summary>A catalogue with more items of that support gets no EASE; the neighbours take its place.</summary>
    public int EaseMaxItems { get; init; } = 15_000;

    /// <summary>Dimensions of the items' latent semantic vectors; 0 makes none.</summary>
    public int ContentFactors { get; init; } = 64;

    public int KnnNeighbours { get; init; } = 100;

    public float KnnShrink { get; init; } = 10f;

    /// <summary>Of the ratings, where there are enough.</summary>
    public BayesianOptions Ratings { get; init; } = new();

    /// <summary>One message per fault.</summary>
    public IEnumerable<string> Faults()
    {
        if (Als.Factors is < 8 or > 512)
            yield return $"als-factors is {Als.Factors}: give 8 to 512.";
        if (Als.Iterations is < 1 or > 100)
            yield return $"als-iterations is {Als.Iterations}: give 1 to 100.";
        if (!(Als.Regularisation > 0))
            yield return $"als-regularisation is {Als.Regularisation}: give a number above 0.";
        if (Als.FrequencyScaling is not (>= 0 and <= 1))
            yield return $"als-frequency-scaling is {Als.FrequencyScaling}: give 0 to 1.";
        if (!(Als.Alpha > 0))
            yield return $"als-alpha is {Als.Alpha}: give a number above 0.";
        if (!(EaseLambda > 0))
            yield return $"ease-lambda is {EaseLambda}: give a number above 0.";
        if (EaseWords is not (>= 0 and <= 10))
            yield return $"ease-words is {EaseWords}: give 0 (no words) to 10.";
        if (ContentFactors is < 0 or > 512)
            yield return $"content-factors is {ContentFactors}: give 0 (no content vectors) to 512.";
        if (EaseMaxItems is < 0 or > 40_000)
            yield return $"ease-max-items is {EaseMaxItems}: give 0 (no EASE) to 40,000.";
        if (Ratings.Factors is not (0 or >= 2 and <= 128))
            yield return $"rating-factors is {Ratings.Factors}: give 0 (no ratings) or 2 to 128.";
        if (KnnNeighbours is < 1 or > 1000)
            yield return $"knn-neighbours is {KnnNeighbours}: give 1 to 1,000.";
        if (!(KnnShrink >= 0))
            yield return $"knn-shrink is {KnnShrink}: give 0 or more.";
    }

    /// <summary>What <see cref="ToHyperParameters"/> wrote into a manifest; what an older release did not write is as usual.</summary>
    public static RetrievalOptions Of(IReadOnlyDictionary<string, double> parameters)
    {
        var usual = new RetrievalOptions();
        double Value(string name, double otherwise) => parameters.TryGetValue(name, out var value) ? value : otherwise;
        return usual with
        {
            Als = new AlsOptions(
                (int)Value("als_factors", usual.Als.Factors), (float)Value("als_regularisation", usual.Als.Regularisation), (float)Value("als_alpha", usual.Als.Alpha),
                (int)Value("als_iterations", usual.Als.Iterations), (int)Value("als_seed", usual.Als.Seed),
                Value("als_blocks", 0) > 0 ? AlsSolver.Blocks : Value("als_conjugate_gradients", 0) > 0 ? AlsSolver.ConjugateGradients : AlsSolver.Cholesky,
                FrequencyScaling: (float)Value("als_frequency_scaling", usual.Als.FrequencyScaling)),
            EaseLambda = (float)Value("ease_lambda", usual.EaseLambda),
            EaseWords = (float)Value("ease_words", usual.EaseWords),
            ContentFactors = (int)Value("content_factors", usual.ContentFactors),
            EaseMinSupport = (int)Value("ease_min_support", usual.EaseMinSupport),
            EaseMaxItems = (int)Value("ease_max_items", usual.EaseMaxItems),
            Ratings = usual.Ratings with { Factors = (int)Value("rating_factors", usual.Ratings.Factors), Seed = (int)Value("als_seed", usual.Als.Seed) },
            KnnNeighbours = (int)Value("knn_neighbours", usual.KnnNeighbours),
            KnnShrink = (float)Value("knn_shrink", usual.KnnShrink),
        };
    }

    public IReadOnlyDictionary<string, double> ToHyperParameters() => new SortedDictionary<string, double>(StringComparer.Ordinal)
    {
        ["als_factors"] = Als.Factors,
        ["als_iterations"] = Als.Iterations,
        ["als_regularisation"] = Als.Regularisation,
        ["als_alpha"] = Als.Alpha,
        ["als_seed"] = Als.Seed,
        ["als_frequency_scaling"] = Als.FrequencyScaling,
        ["als_conjugate_gradients"] = Als.Solver == AlsSolver.ConjugateGradients ? 1 : 0,
        ["als_blocks"] = Als.Solver == AlsSolver.Blocks ? 1 : 0,
        ["ease_lambda"] = EaseLambda,
        ["ease_words"] = EaseWords,
        ["content_factors"] = ContentFactors,
        ["ease_min_support"] = EaseMinSupport,
        ["ease_max_items"] = EaseMaxItems,
        ["rating_factors"] = Ratings.Factors,
        ["knn_neighbours"] = KnnNeighbours,
        ["knn_shrink"] = KnnShrink,
    };
}
