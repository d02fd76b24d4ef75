using Splitrail.Models;

namespace Splitrail.Trainer.Training.Bayesian;

/// <summary>Gathers draws for a <see cref="BayesianModel"/>.</summary>
internal sealed class KeptDraws(int[] items, BayesianOptions options)
{
    private readonly int _width = options.Factors;
    private readonly int _samples = options.SamplesFor(items.Length);
    private readonly float[] _rows = new float[(long)items.Length * options.SamplesFor(items.Length) * options.Factors];
    private readonly List<float> _userMeans = [];
    private readonly List<float> _userPrecisions = [];
    private readonly List<float> _itemMeans = [];
    private readonly List<float> _itemPrecisions = [];
    private readonly List<float> _noise = [];

    public bool IsFull => _noise.Count == _samples;

    public void Add(GibbsSampler sampler)
    {
        var sample = _noise.Count;
        for (var row = 0; row < items.Length; row++)
            sampler.Items.Vectors.AsSpan(items[row] * _width, _width).CopyTo(_rows.AsSpan((row * _samples + sample) * _width, _width));
        _userMeans.AddRange(sampler.Users.Prior.Mean);
        _userPrecisions.AddRange(sampler.Users.Prior.Precision);
        _itemMeans.AddRange(sampler.Items.Prior.Mean);
        _itemPrecisions.AddRange(sampler.Items.Prior.Precision);
        _noise.Add(sampler.NoisePrecision);
    }

    /// <param name="positions">Position in the model of each item of the sampler.</param>
    /// <param name="mean">Taken off the ratings.</param>
    /// <param name="ratings">All of them.</param>
    public BayesianModel ToModel(int[] positions, float mean, IReadOnlyList<Rating> ratings) => new()
    {
        Width = _width,
        Samples = _samples,
        Mean = mean,
        Lowest = ratings.Min(static rating => rating.Stars),
        Highest = ratings.Max(static rating => rating.Stars),
        Ratings = ratings.Count,
        Rated = Array.ConvertAll(items, item => positions[item]),
        ItemRows = _rows,
        UserMeans = [.. _userMeans],
        UserPrecisions = [.. _userPrecisions],
        ItemMeans = [.. _itemMeans],
        ItemPrecisions = [.. _itemPrecisions],
        NoisePrecisions = [.. _noise],
    };
}
