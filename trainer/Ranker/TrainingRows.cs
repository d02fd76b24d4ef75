using System.Runtime.InteropServices;

namespace Splitrail.Trainer.Ranker;

/// <summary>Feature rows with labels, grouped by the context (one user or session at one moment) whose candidates they are.</summary>
internal sealed class TrainingRows(int width)
{
    private readonly List<float> _features = [];
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<float> _looks = [];
    private readonly List<int> _starts = [];
    private readonly List<ulong> _units = [];
    private readonly List<(long MomentMs, long UntilMs)> _times = [];

    public int Width { get; } = width;

    public int Count => _labels.Count;

    public int Contexts => _starts.Count;

    /// <summary>Row-major, [Count, Width].</summary>
    public ReadOnlySpan<float> Features => CollectionsMarshal.AsSpan(_features);

    /// <summary>1 for what was wanted afterwards, else 0.</summary>
    public ReadOnlySpan<float> Labels => CollectionsMarshal.AsSpan(_labels);

    /// <summary>How many rows each stands for, where only some of the unwanted were kept.</summary>
    public ReadOnlySpan<float> Weights => CollectionsMarshal.AsSpan(_weights);

    /// <summary>Chance that each was looked at, where that makes its label: an item that nobody looked at cannot be taken. 1 for labels that say what was wanted.</summary>
    public ReadOnlySpan<float> Looks => CollectionsMarshal.AsSpan(_looks);

    /// <summary>Opens a context; the rows added next are its own.</summary>
    /// <param name="unit">Hash of the user or session.</param>
    /// <param name="momentMs">When it was asked.</param>
    /// <param name="untilMs">What happened up to then made the labels.</param>
    public void BeginContext(ulong unit, long momentMs = 0, long untilMs = 0)
    {
        _starts.Add(Count);
        _units.Add(unit);
        _times.Add((momentMs, untilMs));
    }

    /// <param name="row">[Width].</param>
    /// <param name="wanted">The label.</param>
    /// <param name="weight">See <see cref="Weights"/>.</param>
    /// <param name="look">See <see cref="Looks"/>.</param>
    public void Add(ReadOnlySpan<float> row, bool wanted, float weight = 1f, float look = 1f) => Add(row, wanted ? 1f : 0f, weight, look);

    /// <summary>A row that was wanted with a probability.</summary>
    public void AddPartly(ReadOnlySpan<float> row, float wanted) => Add(row, wanted, 1f, 1f);

    /// <summary>Adds all contexts of others.</summary>
    public void Append(TrainingRows others)
    {
        for (var context = 0; context < others.Contexts; context++)
        {
            var (moment, until) = others.TimesOf(context);
            BeginContext(others.UnitOf(context), moment, until);
            var (start, length) = others.RowsOf(context).GetOffsetAndLength(others.Count);
            for (var row = start; row < start + length; row++)
                Add(others.Features.Slice(row * Width, Width), others.Labels[row], others.Weights[row], others.Looks[row]);
        }
    }

    private void Add(ReadOnlySpan<float> row, float label, float weight, float look)
    {
        if (row.Length != Width)
            throw new ArgumentException($"A row has {Width} features, not {row.Length}.", nameof(row));
        _features.AddRange(row);
        _labels.Add(label);
        _weights.Add(weight);
        _looks.Add(look);
    }

    /// <summary>Rows with the label 1.</summary>
    public int Wanted => _labels.Count(static label => label > 0);

    /// <summary>Whether a ranker can be learnt from these rows: both labels, of at least two contexts.</summary>
    public bool CanTeach => Contexts >= 2 && _labels.Contains(1f) && _labels.Contains(0f);

    /// <summary>The first row whose features are not all finite, with the feature; null when there is none.</summary>
    public (int Row, int Feature)? FirstNotFinite()
    {
        var at = Features.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return at < 0 ? null : (at / Width, at % Width);
    }

    public (long MomentMs, long UntilMs) TimesOf(int context) => _times[context];

    public ulong UnitOf(int context) => _units[context];

    public Range RowsOf(int context) => _starts[context]..(context + 1 < _starts.Count ? _starts[context + 1] : Count);
}
