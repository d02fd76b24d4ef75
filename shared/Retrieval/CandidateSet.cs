namespace Splitrail.Retrieval;

/// <summary>Candidates as parallel arrays, best first by the mix's own score.</summary>
public sealed class CandidateSet
{
    /// <summary>Positions in the model.</summary>
    public required int[] Items { get; init; }

    /// <summary>The mix's score; higher is better.</summary>
    public required float[] Scores { get; init; }

    /// <summary>Count x <see cref="SignalNames.All"/>.Count, by candidate.</summary>
    public required float[] Signals { get; init; }

    /// <summary>Bit i is set when source i of the mix proposed the item: see <see cref="Mix.Quotas"/>.</summary>
    public required uint[] Sources { get; init; }

    public int Count => Items.Length;

    public ReadOnlySpan<float> SignalsOf(int candidate) =>
        Signals.AsSpan(candidate * SignalNames.All.Count, SignalNames.All.Count);
}
