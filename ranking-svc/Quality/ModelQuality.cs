using Splitrail.Models;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Quality;

/// <summary>
/// What a model sees and says while it serves, beside what it saw and said in training: population stability indices of features and scores. A part of the
/// rows is looked at, so that it costs a request some microseconds.
/// </summary>
internal sealed class ModelQuality
{
    /// <summary>Fewer rows say nothing: the index of pure chance is about bins / rows.</summary>
    public const int LeastRows = 2000;

    /// <summary>One row in so many; odd, because candidates of one source tend to come in even groups.</summary>
    private const int Stride = 17;

    private readonly Lock _gate = new();
    private readonly BinCounts[] _features;
    private readonly BinCounts _scores;
    private readonly string _version;
    private readonly RankingMetrics _metrics;
    private readonly TimeSpan _window;
    private readonly TimeProvider _time;
    private long _begun;
    private int _skip;

    /// <param name="version">Of the model.</param>
    /// <param name="trained">Training's distributions.</param>
    /// <param name="window">What is compared are the values of the last one to two of these.</param>
    /// <param name="metrics">Told of the scores looked at.</param>
    /// <param name="time">The clock.</param>
    public ModelQuality(string version, DriftReference trained, TimeSpan window, RankingMetrics metrics, TimeProvider time)
    {
        (_version, _metrics) = (version, metrics);
        _features = [.. trained.Features.Select(static feature => new BinCounts(feature))];
        _scores = new BinCounts(trained.Scores);
        (_window, _time, _begun) = (window, time, time.GetTimestamp());
    }

    /// <summary>Looks at a part of the rows of a run that is over. Allocates nothing.</summary>
    public void Observe(ScoringBuffer buffer, int rows)
    {
        if (buffer.Width != _features.Length || !_gate.TryEnter())
            return;
        try
        {
            TurnWhenDue();
            var row = _skip;
            for (; row < rows; row += Stride)
                Count(buffer.Row(row), buffer.Scores[row]);
            _skip = row - rows;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>By feature's name; those with too few values are left out.</summary>
    public IReadOnlyList<(string Feature, double Index)> FeatureDrift()
    {
        lock (_gate)
            return [.. _features.Select(static counts => (counts.Trained.Name, Index: counts.StabilityIndex(LeastRows))).Where(static one => one.Index is not null).Select(static one => (one.Name, one.Index!.Value))];
    }

    /// <summary>Null while there are too few.</summary>
    public double? ScoreDrift()
    {
        lock (_gate)
            return _scores.StabilityIndex(LeastRows);
    }

    private void Count(ReadOnlySpan<float> row, float score)
    {
        for (var feature = 0; feature < _features.Length; feature++)
            _features[feature].Count(row[feature]);
        _scores.Count(score);
        _metrics.Predicted(_version, score);
    }

    private void TurnWhenDue()
    {
        if (_time.GetElapsedTime(_begun) < _window)
            return;
        _begun = _time.GetTimestamp();
        foreach (var counts in _features)
            counts.Turn();
        _scores.Turn();
    }
}
