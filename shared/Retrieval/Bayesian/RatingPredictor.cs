using Splitrail.Models;
using Splitrail.Randomness;

namespace Splitrail.Retrieval.Bayesian;

/// <summary>
/// Predictions of a <see cref="BayesianModel"/>. A user's vector has, given a draw of the items, a normal posterior in closed form, so that only the items' half is a matter of draws: the mean of a rating is the mean over
/// the draws of m.x, its variance the mean of x'Cx + noise plus the variance of the means (law of total variance), with x = [q, 1]. Thread-safe; what changes is in the <see cref="RatingPosterior"/>.
/// </summary>
public sealed unsafe class RatingPredictor
{
    /// <summary>Ratings gathered before they are multiplied.</summary>
    internal const int Depth = 64;

    private const int Unknown = -1;

    private readonly BayesianModel _model;
    private readonly int _width;
    private readonly int[] _rows;
    private readonly float[] _userRights;
    private readonly float[] _itemCovariances;
    private readonly PredictedRating[] _ofAnybody;
    private readonly RatingPosterior _prior;

    /// <param name="model">The draws.</param>
    /// <param name="items">Items of the whole model, rated or not.</param>
    public RatingPredictor(BayesianModel model, int items)
    {
        _model = model;
        _width = model.Width;
        _rows = new int[items];
        Array.Fill(_rows, Unknown);
        for (var row = 0; row < model.Rated.Length; row++)
            _rows[model.Rated[row]] = row;
        _userRights = new float[model.Samples * _width];
        _itemCovariances = new float[model.ItemPrecisions.Length];
        _prior = NewPosterior();
        for (var s = 0; s < model.Samples; s++)
        {
            Multiply(PrecisionOf(model.UserPrecisions, s), model.UserMeans.AsSpan(s * _width, _width), _userRights.AsSpan(s * _width, _width));
            PrecisionOf(model.ItemPrecisions, s).CopyTo(_prior.Matrix);
            Invert(_prior.Matrix, _itemCovariances.AsSpan(s * _width * _width, _width * _width));
        }

        Solve([], [], _prior);
        _ofAnybody = new PredictedRating[model.Rated.Length];
        for (var row = 0; row < _ofAnybody.Length; row++)
            _ofAnybody[row] = OfRow(_prior, row);
    }

    public BayesianModel Model => _model;

    /// <summary>Items of the whole model.</summary>
    public int Items => _rows.Length;

    public RatingPosterior NewPosterior() => new(_model.Samples, _width);

    /// <summary>Whether anybody has rated the item.</summary>
    public bool IsRated(int item) => _rows[item] != Unknown;

    /// <summary>Folds a user's ratings in: what is known of the user from now on.</summary>
    /// <param name="items">Positions in the model; those that nobody rated in training are left out.</param>
    /// <param name="stars">On the shop's scale.</param>
    /// <param name="into">Overwritten.</param>
    /// <exception cref="ArithmeticException">A number overflowed.</exception>
    public void Fold(ReadOnlySpan<int> items, ReadOnlySpan<float> stars, RatingPosterior into)
    {
        into.Ratings = 0;
        foreach (var item in items)
            into.Ratings += _rows[item] == Unknown ? 0 : 1;
        if (into.Ratings > 0)
            Solve(items, stars, into);
    }

    /// <summary>What the user would rate the item. Without ratings of his own: what anybody would, with a spread to match.</summary>
    public PredictedRating Predict(RatingPosterior who, int item) => (_rows[item], who.Ratings) switch
    {
        (Unknown, 0) => _prior.Unrated,
        (Unknown, _) => who.Unrated,
        (var row, 0) => _ofAnybody[row],
        var (row, _) => OfRow(who, row),
    };

    /// <summary>Means of the rated items; minus infinity for the others.</summary>
    internal void ScoreAll(RatingPosterior who, Span<float> scores)
    {
        scores.Fill(float.NegativeInfinity);
        var means = who.Ratings == 0 ? _prior.Means : who.Means;
        fixed (float* vectors = means, rows = _model.ItemRows)
            for (var row = 0; row < _model.Rated.Length; row++)
            {
                var sum = 0f;
                for (var s = 0; s < _model.Samples; s++)
                    sum += Product(vectors + s * _width, rows + (row * _model.Samples + s) * _width);
                scores[_model.Rated[row]] = sum / _model.Samples;
            }
    }

    /// <summary>Ratings without their noise by one draw of everything: of items that somebody rated by a kept draw, of the others anew from their prior.</summary>
    internal void DrawAll(RatingPosterior who, ulong seed, Span<float> scores)
    {
        var sample = (int)(seed % (uint)_model.Samples);
        var user = stackalloc float[_width];
        var one = new Span<float>(user, _width);
        DrawUser(who.Ratings == 0 ? _prior : who, sample, seed, who.Matrix, one);
        var (mean, deviation) = UnratedGiven(one, sample);
        fixed (float* rows = _model.ItemRows)
            for (var item = 0; item < scores.Length; item++)
            {
                var own = new SplitMix64(seed ^ SplitMix64.Mix((ulong)item));
                scores[item] = _rows[item] == Unknown
                    ? mean + deviation * (float)own.NextNormal()
                    : Product(user, rows + (_rows[item] * _model.Samples + sample) * _width);
            }
    }

    private float Product(float* user, float* item) => RowMath.Dot(user, item, _width - 1) + user[_width - 1] + item[_width - 1];

    /// <summary>m + R'z with C = R'R.</summary>
    private void DrawUser(RatingPosterior who, int sample, ulong seed, Span<float> factor, Span<float> user)
    {
        var random = new SplitMix64(seed);
        who.CovarianceOf(sample).CopyTo(factor);
        UpperCholesky.Factor(factor, _width);
        who.MeanOf(sample).CopyTo(user);
        for (var k = 0; k < _width; k++)
        {
            var z = (float)random.NextNormal();
            for (var l = k; l < _width; l++)
                user[l] += z * factor[k * _width + l];
        }
    }

    /// <summary>Given the user's vector, a new item's rating is normal.</summary>
    private (float Mean, float Deviation) UnratedGiven(Span<float> user, int sample)
    {
        var bias = _width - 1;
        var z = stackalloc float[_width];
        user.CopyTo(new Span<float>(z, _width));
        z[bias] = 1f;
        fixed (float* item = &_model.ItemMeans[sample * _width], covariance = &_itemCovariances[sample * _width * _width])
            return (RowMath.Dot(z, item, _width) + user[bias], MathF.Sqrt(MathF.Max(0f, RowMath.Quadratic(covariance, z, _width))));
    }

    private void Solve(ReadOnlySpan<int> items, ReadOnlySpan<float> stars, RatingPosterior into)
    {
        var unrated = new RatingMoments();
        for (var s = 0; s < _model.Samples; s++)
        {
            PrecisionOf(_model.UserPrecisions, s).CopyTo(into.Matrix);
            var mean = into.MeanOf(s);
            _userRights.AsSpan(s * _width, _width).CopyTo(mean);
            Gather(s, items, stars, into, mean);
            UpperCholesky.Factor(into.Matrix, _width);
            UpperCholesky.Solve(into.Matrix, _width, mean);
            InvertFactored(into.Matrix, into.CovarianceOf(s));
            AddUnrated(s, mean, into.CovarianceOf(s), ref unrated);
        }

        into.Unrated = Clipped(unrated);
    }

    /// <summary>Adds the ratings to precision and right side, as in <c>GibbsSide</c> of training.</summary>
    private void Gather(int sample, ReadOnlySpan<int> items, ReadOnlySpan<float> stars, RatingPosterior work, Span<float> right)
    {
        var (alpha, bias) = (_model.NoisePrecisions[sample], _width - 1);
        var root = MathF.Sqrt(alpha);
        fixed (float* rows = _model.ItemRows, gathered = work.Gathered, matrix = work.Matrix, b = right)
        {
            var depth = 0;
            for (var i = 0; i <= items.Length; i++)
            {
                if (depth == Depth || (i == items.Length && depth > 0))
                {
                    DenseKernel.Accumulate(gathered, _width, gathered, _width, depth, matrix, _width, _width, _width, upper: true);
                    depth = 0;
                }

                if (i == items.Length || _rows[items[i]] == Unknown)
                    continue;
                var row = rows + ((long)_rows[items[i]] * _model.Samples + sample) * _width;
                var to = gathered + depth++ * _width;
                RowMath.SetScaled(row, root, to, bias);
                to[bias] = root;
                RowMath.Add(to, root * (stars[i] - _model.Mean - row[bias]), b, _width);
            }
        }
    }

    private PredictedRating OfRow(RatingPosterior who, int row)
    {
        var moments = new RatingMoments();
        var bias = _width - 1;
        var x = stackalloc float[_width];
        fixed (float* means = who.Means, covariances = who.Covariances, draws = &_model.ItemRows[row * _model.Samples * _width])
            for (var s = 0; s < _model.Samples; s++)
            {
                var draw = draws + s * _width;
                RowMath.SetScaled(draw, 1f, x, _width);
                x[bias] = 1f;
                var variance = RowMath.Quadratic(covariances + s * _width * _width, x, _width);
                moments.Add(RowMath.Dot(means + s * _width, x, _width) + draw[bias], variance + 1f / _model.NoisePrecisions[s]);
            }

        return Clipped(moments);
    }

    /// <summary>
    /// An item of the prior is normal too, so that the product of two independent normal vectors has its moments in closed form: variance y'Cy + z'Vz + tr(C V) over the factors, with y and z the means with 1 as bias.
    /// </summary>
    private void AddUnrated(int sample, ReadOnlySpan<float> mean, ReadOnlySpan<float> covariance, ref RatingMoments moments)
    {
        var bias = _width - 1;
        var item = _model.ItemMeans.AsSpan(sample * _width, _width);
        var ofItem = _itemCovariances.AsSpan(sample * _width * _width, _width * _width);
        var (product, variance) = (mean[bias] + item[bias], 0f);
        for (var k = 0; k < _width; k++)
        {
            if (k < bias)
                product += mean[k] * item[k];
            for (var l = 0; l < _width; l++)
            {
                var (c, v) = (covariance[k * _width + l], ofItem[k * _width + l]);
                variance += c * With1(item, k) * With1(item, l) + v * With1(mean, k) * With1(mean, l) + (k < bias && l < bias ? c * v : 0f);
            }
        }

        moments.Add(product, variance + 1f / _model.NoisePrecisions[sample]);
    }

    private float With1(ReadOnlySpan<float> vector, int k) => k == _width - 1 ? 1f : vector[k];

    private PredictedRating Clipped(in RatingMoments moments) =>
        new(Math.Clamp(_model.Mean + moments.Mean, _model.Lowest, _model.Highest), moments.Deviation);

    private ReadOnlySpan<float> PrecisionOf(float[] precisions, int sample) => precisions.AsSpan(sample * _width * _width, _width * _width);

    private void Multiply(ReadOnlySpan<float> matrix, ReadOnlySpan<float> vector, Span<float> to)
    {
        for (var k = 0; k < _width; k++)
        {
            to[k] = 0f;
            for (var l = 0; l < _width; l++)
                to[k] += matrix[k * _width + l] * vector[l];
        }
    }

    private void Invert(Span<float> matrix, Span<float> inverse)
    {
        UpperCholesky.Factor(matrix, _width);
        InvertFactored(matrix, inverse);
    }

    private void InvertFactored(ReadOnlySpan<float> factor, Span<float> inverse)
    {
        inverse.Clear();
        for (var k = 0; k < _width; k++)
        {
            inverse[k * _width + k] = 1f;
            UpperCholesky.Solve(factor, _width, inverse.Slice(k * _width, _width));
        }
    }
}
