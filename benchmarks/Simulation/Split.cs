using Splitrail.Randomness;

namespace Splitrail.Benchmarks.Simulation;

/// <summary>Deals users out by chance; the first arm is the control.</summary>
internal sealed class Split
{
    private readonly Binomial[] _dealt;

    /// <param name="name">For a person.</param>
    /// <param name="block">Users that are dealt out at once.</param>
    /// <param name="shares">Summing to 1.</param>
    public Split(string name, int block, params double[] shares)
    {
        (Name, Block, Shares) = (name, block, shares);
        _dealt = [.. shares.SkipLast(1).Select((share, arm) => new Binomial(block, share / (1 - shares.Take(arm).Sum())))];
    }

    public string Name { get; }

    public int Block { get; }

    public double[] Shares { get; }

    public void Deal(ref SplitMix64 chance, Span<int> users)
    {
        var left = Block;
        for (var arm = 0; arm < _dealt.Length; arm++)
            left -= users[arm] = _dealt[arm].Draw(ref chance, left);
        users[^1] = left;
    }
}
