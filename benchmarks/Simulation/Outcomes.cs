using Splitrail.ExperimentSvc.Inference;
using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Simulation;

/// <summary>What users do: one of the three metrics that a shop lives on.</summary>
/// <param name="name">Of the metric.</param>
/// <param name="kind">Of the metric.</param>
/// <param name="isSkewed">Of the metric.</param>
internal abstract class Outcomes(string name, MetricKind kind, bool isSkewed = false)
{
    public string Name => name;

    /// <summary>Adds so many users.</summary>
    public abstract void Add(ref SplitMix64 chance, ref Sums sums, int users);

    public MetricInput Metric(IReadOnlyList<IReadOnlyList<MetricCell>> cells) => new() { Name = name, Kind = kind, Role = MetricRole.Goal, IsSkewed = isSkewed, Cells = cells };
}

/// <summary>A purchase or none.</summary>
internal sealed class Conversion(double rate, int largestBlock) : Outcomes("conversion", MetricKind.Proportion)
{
    private readonly Binomial _buyers = new(largestBlock, rate);

    public override void Add(ref SplitMix64 chance, ref Sums sums, int users)
    {
        var buyers = _buyers.Draw(ref chance, users);
        sums.Users += users;
        sums.Sum += buyers;
        sums.Squares += buyers;
    }
}

/// <summary>Nothing from most, and from few a lognormal order: the skewness of a user is about 40.</summary>
internal sealed class Revenue(double rate, double deviation, int largestBlock, double scale = 1) : Outcomes("revenue", MetricKind.Mean, isSkewed: true)
{
    private const double LogMean = 3;

    private readonly Binomial _buyers = new(largestBlock, rate);

    public override void Add(ref SplitMix64 chance, ref Sums sums, int users)
    {
        sums.Users += users;
        for (var buyer = _buyers.Draw(ref chance, users); buyer > 0; buyer--)
            sums.AddValue(scale * Draws.Lognormal(ref chance, LogMean, deviation));
    }
}

/// <summary>
/// Impressions are geometric with a mean of 8, and each user clicks with a taste of his own (beta distributed around 5 %), so that his impressions depend on each other. The
/// pairs are drawn from a table of 2^16 entries.
/// </summary>
internal sealed class ClickThrough : Outcomes
{
    private const int Entries = 1 << 16;
    private const int MostImpressions = 60;
    private const double MeanImpressions = 8;
    private const double A = 0.5;
    private const double B = 9.5;

    private readonly (byte Clicks, byte Impressions)[] _pairs = new (byte, byte)[Entries];

    /// <param name="seed">Of the table.</param>
    /// <param name="taste">As a multiple of 5 %.</param>
    public ClickThrough(ulong seed, double taste = 1)
        : base("click_through", MetricKind.Ratio)
    {
        var chance = SplitMix64.Stream(seed, 0);
        for (var entry = 0; entry < Entries; entry++)
        {
            var impressions = Math.Min(MostImpressions, 1 + (int)(Draws.Exponential(ref chance) / -Math.Log(1 - (1 / MeanImpressions))));
            // A beta taste drawn by Pólya's urn: each click makes the next one likelier.
            var clicks = 0;
            for (var i = 0; i < impressions; i++)
                clicks += chance.NextDouble() < ((A * taste) + clicks) / (A + B + i) ? 1 : 0;
            _pairs[entry] = ((byte)clicks, (byte)impressions);
        }
    }

    /// <summary>Clicks / impressions of all that can be drawn.</summary>
    public double Truth => _pairs.Sum(static pair => (double)pair.Clicks) / _pairs.Sum(static pair => (double)pair.Impressions);

    public override void Add(ref SplitMix64 chance, ref Sums sums, int users)
    {
        long x = 0, y = 0, xx = 0, yy = 0, xy = 0;
        var bits = 0UL;
        for (var user = 0; user < users; user++)
        {
            bits = (user & 3) == 0 ? chance.Next() : bits >> 16;
            var (clicks, impressions) = _pairs[bits & (Entries - 1)];
            x += clicks;
            y += impressions;
            xx += clicks * clicks;
            yy += impressions * impressions;
            xy += clicks * impressions;
        }

        sums.Users += users;
        sums.Sum += x;
        sums.Squares += xx;
        sums.OtherSum += y;
        sums.OtherSquares += yy;
        sums.Products += xy;
    }
}
