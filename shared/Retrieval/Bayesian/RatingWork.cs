namespace Splitrail.Retrieval.Bayesian;

/// <summary>Predictions for one request at a time, reused between requests: its shopper is folded in when the first of them is asked for.</summary>
public sealed class RatingWork(RatingPredictor predictor)
{
    private readonly RatingPosterior _who = predictor.NewPosterior();
    private RetrievalQuery? _query;
    private float[] _scores = [];
    private float[] _values = [];

    public RatingPredictor Predictor => predictor;

    /// <summary>Whether the shopper could not be folded in: then all is as for somebody who rated nothing.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Mean and deviation of each, one after the other; good until the next call.</summary>
    public ReadOnlySpan<float> Predict(ReadOnlySpan<int> items)
    {
        if (_values.Length < 2 * items.Length)
            _values = new float[2 * items.Length];
        var who = Who();
        for (var i = 0; i < items.Length; i++)
            (_values[2 * i], _values[2 * i + 1]) = predictor.Predict(who, items[i]);
        return _values.AsSpan(0, 2 * items.Length);
    }

    internal void Begin(RetrievalQuery query) => (_query, HasFailed) = (query, false);

    /// <summary>Of every item; minus infinity for what nobody has rated.</summary>
    internal ReadOnlySpan<float> Means()
    {
        predictor.ScoreAll(Who(), Scores());
        return _scores;
    }

    /// <summary>Of every item, by one draw of tastes.</summary>
    internal ReadOnlySpan<float> Drawn(ulong seed)
    {
        predictor.DrawAll(Who(), seed, Scores());
        return _scores;
    }

    private float[] Scores() => _scores = _scores.Length == predictor.Items ? _scores : new float[predictor.Items];

    private RatingPosterior Who()
    {
        if (_query is not { } query)
            return _who;
        _query = null;
        try
        {
            predictor.Fold(query.Rated, query.Stars, _who);
        }
        catch (ArithmeticException)
        {
            // Who predicts for a shop counts it: see HasFailed.
            predictor.Fold([], [], _who);
            HasFailed = true;
        }

        return _who;
    }
}
