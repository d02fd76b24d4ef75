using System.CommandLine;
using Splitrail.Trainer.Training;

namespace Splitrail.Trainer.Commands;

/// <summary>The hyper-parameters of retrieval as options of a command.</summary>
internal sealed class RetrievalOptionSet
{
    private const string Cholesky = "cholesky";
    private const string Gradients = "cg";
    private const string Blocks = "blocks";
    private static readonly RetrievalOptions s_defaults = new();
    private readonly Option<int> _factors = Number("--als-factors", "Length of ALS's vectors.", s_defaults.Als.Factors);
    private readonly Option<float> _regularisation = Number("--als-regularisation", "lambda of ALS.", s_defaults.Als.Regularisation);
    private readonly Option<float> _alpha = Number("--als-alpha", "An interaction of strength r counts 1 + alpha r times.", s_defaults.Als.Alpha);
    private readonly Option<float> _scaling = Number("--als-frequency-scaling", "From 0 to 1: how much more what has many events is regularised.", s_defaults.Als.FrequencyScaling);
    private readonly Option<int> _iterations = Number("--als-iterations", "Passes of ALS.", s_defaults.Als.Iterations);
    private readonly Option<string> _solver = new("--als-solver")
    {
        Description = "cholesky solves each row exactly; cg takes three steps of conjugate gradients, in half the time; blocks solves 64 factors at a time, for 256 and more.", HelpName = "NAME", DefaultValueFactory = static _ => Cholesky,
    };
    private readonly Option<float> _lambda = Number("--ease-lambda", "Ridge of EASE.", s_defaults.EaseLambda);
    private readonly Option<float> _words = Number("--ease-words", "What an item's words count in EASE, as a share of its ridge; 0 leaves them out.", s_defaults.EaseWords);
    private readonly Option<int> _maxItems = Number("--ease-max-items", "With more items than this the neighbours take the place of EASE.", s_defaults.EaseMaxItems);
    private readonly Option<int> _content = Number("--content-factors", "Dimensions of the vectors made of the items' words; 0 makes none.", s_defaults.ContentFactors);
    private readonly Option<int> _ratings = Number("--rating-factors", "Length of the vectors that ratings are predicted by, where there are enough ratings; 0 predicts none.", s_defaults.Ratings.Factors);
    private readonly Option<int> _neighbours = Number("--knn-neighbours", "Neighbours an item keeps.", s_defaults.KnnNeighbours);
    private readonly Option<float> _shrink = Number("--knn-shrink", "Shrinkage of the cosine.", s_defaults.KnnShrink);
    private readonly Option<int> _seed = Number("--seed", "The same seed and data give the same model.", s_defaults.Als.Seed);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_factors, _regularisation, _alpha, _scaling, _iterations, _lambda, _words, _maxItems, _content, _ratings, _neighbours, _shrink, _seed])
            command.Options.Add(option);
        _solver.AcceptOnlyFromAmong(Cholesky, Gradients, Blocks);
        command.Options.Add(_solver);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">What holds where the command line says nothing.</param>
    /// <exception cref="InputException">Values are out of range; the message has one line per fault.</exception>
    public RetrievalOptions Read(ParseResult parsed, RetrievalOptions otherwise)
    {
        var (als, options) = (otherwise.Als, otherwise);
        options = options with
        {
            Als = als with
            {
                Factors = Said(parsed, _factors, als.Factors),
                Regularisation = Said(parsed, _regularisation, als.Regularisation),
                Alpha = Said(parsed, _alpha, als.Alpha),
                Iterations = Said(parsed, _iterations, als.Iterations),
                Seed = Said(parsed, _seed, als.Seed),
                Solver = parsed.GetValue(_solver) switch { Gradients => AlsSolver.ConjugateGradients, Blocks => AlsSolver.Blocks, _ => AlsSolver.Cholesky },
                FrequencyScaling = Said(parsed, _scaling, als.FrequencyScaling),
            },
            EaseLambda = Said(parsed, _lambda, options.EaseLambda),
            EaseWords = Said(parsed, _words, options.EaseWords),
            EaseMaxItems = Said(parsed, _maxItems, options.EaseMaxItems),
            ContentFactors = Said(parsed, _content, options.ContentFactors),
            Ratings = options.Ratings with { Factors = Said(parsed, _ratings, options.Ratings.Factors), Seed = Said(parsed, _seed, als.Seed) },
            KnnNeighbours = Said(parsed, _neighbours, options.KnnNeighbours),
            KnnShrink = Said(parsed, _shrink, options.KnnShrink),
        };
        string[] faults = [.. options.Faults()];
        return faults.Length == 0 ? options : throw new InputException(string.Join(Environment.NewLine, faults));
    }

    private static T Said<T>(ParseResult parsed, Option<T> option, T otherwise) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : otherwise;

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
