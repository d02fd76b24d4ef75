namespace Splitrail.Retrieval;

/// <summary>Candidates of one request as parallel columns, best first by the mix's own score; reused, and good until the next request.</summary>
public sealed class CandidateBuffer
{
    private int[] _items = [];
    private float[] _scores = [];
    private float[] _signals = [];
    private uint[] _sources = [];

    public int Count { get; private set; }

    /// <summary>Positions in the model.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    /// <summary>The mix's score; higher is better.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>Count x <see cref="SignalNames.Count"/>, by candidate.</summary>
    public ReadOnlySpan<float> Signals => _signals.AsSpan(0, Count * SignalNames.Count);

    /// <summary>Bit i is set when source i of the mix proposed the item: see <see cref="Mix.Quotas"/>.</summary>
    public ReadOnlySpan<uint> Sources => _sources.AsSpan(0, Count);

    public CandidateSet ToSet() => new() { Items = Items.ToArray(), Scores = Scores.ToArray(), Signals = Signals.ToArray(), Sources = Sources.ToArray() };

    internal void Begin(int count)
    {
        Count = count;
        if (_items.Length >= count)
            return;
        _items = new int[count];
        _scores = new float[count];
        _signals = new float[count * SignalNames.Count];
        _sources = new uint[count];
    }

    internal void Set(int candidate, int item, float score, uint sources)
    {
        _items[candidate] = item;
        _scores[candidate] = score;
        _sources[candidate] = sources;
    }

    internal Span<float> SignalsOf(int candidate) => _signals.AsSpan(candidate * SignalNames.Count, SignalNames.Count);
}
