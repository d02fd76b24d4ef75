using Splitrail.Models;

namespace Splitrail.Tests.Unit.Retrieval.Bayesian;

/// <summary>Draws made by hand: people like even items or odd ones, and later items are a little better.</summary>
internal static class RatingTestModels
{
    public const int Rated = 20;
    private const int Samples = 4;

    /// <summary>The first <see cref="Rated"/> items of a model are rated: factor 1 for even ones and -1 for odd ones, bias a hundredth of the position.</summary>
    public static BayesianModel EvenOrOdd() => new()
    {
        Width = 2,
        Samples = Samples,
        Mean = 3,
        Lowest = 1,
        Highest = 5,
        Ratings = 1000,
        Rated = [.. Enumerable.Range(0, Rated)],
        ItemRows = [.. Enumerable.Range(0, Rated).SelectMany(static item => Enumerable.Range(0, Samples).SelectMany(_ => new[] { item % 2 == 0 ? 1f : -1f, item * 0.01f }))],
        UserMeans = new float[Samples * 2],
        UserPrecisions = [.. Enumerable.Range(0, Samples).SelectMany(static _ => new[] { 1f, 0f, 0f, 4f })],
        ItemMeans = new float[Samples * 2],
        ItemPrecisions = [.. Enumerable.Range(0, Samples).SelectMany(static _ => new[] { 1f, 0f, 0f, 4f })],
        NoisePrecisions = [.. Enumerable.Repeat(4f, Samples)],
    };
}
