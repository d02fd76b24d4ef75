namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>How ratings are learnt.</summary>
/// <param name="Factors">Length of a vector, its bias included; a multiple of 16 is fastest. 0 learns no ratings.</param>
/// <param name="BurnIn">Sweeps before the first draw that is kept.</param>
/// <param name="Samples">Draws that are kept at most.</param>
/// <param name="Thin">Sweeps from one kept draw to the next.</param>
/// <param name="Seed">The same seed and ratings give the same draws.</param>
/// <param name="Threads">At most so many; 0 takes all cores. The result does not depend on it.</param>
internal sealed record BayesianOptions(int Factors = 16, int BurnIn = 40, int Samples = 32, int Thin = 3, int Seed = 42, int Threads = 0)
{
    /// <summary>With fewer a model of tastes is a guess.</summary>
    public const int LeastRatings = 200;

    /// <summary>With fewer there is nobody to compare with.</summary>
    public const int LeastRaters = 20;

    /// <summary>Draws below which the spread itself would be a guess.</summary>
    public const int LeastSamples = 8;

    /// <summary>Of the items' draws, in the file and in candidate-svc's memory alike.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>How many draws of so many items are kept: fewer for a large catalogue.</summary>
    public int SamplesFor(int items) =>
        (int)Math.Clamp(MostBytes / (Math.Max(1L, items) * Factors * sizeof(float)), Math.Min(LeastSamples, Samples), Samples);

    /// <summary>More rated items than this do not fit: the least rated are then as the prior says.</summary>
    public int MostItems => (int)(MostBytes / ((long)Math.Min(LeastSamples, Samples) * Factors * sizeof(float)));

    internal ParallelOptions Parallelism => new() { MaxDegreeOfParallelism = Threads > 0 ? Threads : -1 };
}
