using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// Trains a ranker on binary cross-entropy by Adam in small batches, and stops when the contexts held out no longer gain. A batch is cut into a
/// fixed number of shards whose gradients are added in order, so the result does not depend on how many threads there are.
/// </summary>
internal sealed class RankerTrainer
{
    private const int Shards = 4;
    private const int MinBatchSize = 32;
    // A small shop has few rows: smaller batches leave it enough steps to learn in.
    private const int MinStepsPerEpoch = 200;
    private readonly RankerOptions _options;
    private readonly Random _random;
    private readonly float[] _rows;
    private readonly float[] _labels;
    private readonly float[] _weights;
    private readonly int _width;
    private readonly DenseLayer[] _layers;
    private readonly Backpropagation[] _shards;

    private RankerTrainer(TrainingRows rows, FeatureScaling scaling, RankerOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        _width = rows.Width;
        _labels = rows.Labels.ToArray();
        _weights = rows.Weights.ToArray();
        _rows = new float[rows.Count * _width];
        for (var i = 0; i < rows.Count; i++)
            scaling.Apply(rows.Features.Slice(i * _width, _width), Row(i));
        int[] sizes = [_width, .. options.Hidden, 1];
        var hidden = sizes[1..^1].Select((outputs, i) => DenseLayer.Initial(sizes[i], outputs, _random));
        _layers = [.. hidden, DenseLayer.Constant(sizes[^2], BaseRateLogit())];
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Backpropagation(_layers))];
    }

    /// <exception cref="ArgumentException">There is nothing to learn: fewer than two contexts, or only one kind of label.</exception>
    public static RankerModel Train(TrainingRows rows, RankerOptions options, Action<string>? progress = null)
    {
        if (!rows.CanTeach)
            throw new ArgumentException($"A ranker needs wanted and unwanted candidates of two contexts; there are {rows.Count} rows of {rows.Contexts}.");
        var scaling = FeatureScaling.Fit(rows.Features, rows.Width);
        var (training, validation) = ValidationSplit.Of(rows, options.ValidationShare, options.Seed);
        return new RankerModel(scaling, new RankerTrainer(rows, scaling, options).Fit(training, validation, progress));
    }

    private DenseLayer[] Fit(int[] training, int[] validation, Action<string>? progress)
    {
        var adam = new Adam(_layers);
        var batchSize = Math.Clamp(training.Length / MinStepsPerEpoch, MinBatchSize, _options.BatchSize);
        var best = Copy();
        var (bestLoss, since, rate) = (Loss(validation), 0, _options.LearningRate);
        for (var epoch = 1; epoch <= _options.MaxEpochs && since < _options.Patience; epoch++)
        {
            _random.Shuffle(training);
            for (var start = 0; start < training.Length; start += batchSize)
                Step(adam, training.AsMemory(start, Math.Min(batchSize, training.Length - start)), rate);
            rate *= _options.LearningRateDecay;
            var loss = Loss(validation);
            progress?.Invoke($"ranker: epoch {epoch}, validation loss {loss:0.00000}");
            since = loss < bestLoss ? 0 : since + 1;
            if (since == 0)
                (bestLoss, best) = (loss, Copy());
        }

        return best;
    }

    private void Step(Adam adam, ReadOnlyMemory<int> batch, float rate)
    {
        Parallel.For(0, Shards, shard =>
        {
            var work = _shards[shard];
            work.Clear();
            foreach (var row in Slice(batch, shard).Span)
                work.Learn(Row(row), _labels[row], _weights[row]);
        });
        var total = _shards[0].Gradients;
        for (var i = 0; i < _layers.Length; i++)
        {
            foreach (var shard in _shards.AsSpan(1))
            {
                TensorPrimitives.Add(total[i].Weights, shard.Gradients[i].Weights, total[i].Weights);
                TensorPrimitives.Add(total[i].Bias, shard.Gradients[i].Bias, total[i].Bias);
            }

            TensorPrimitives.Divide(total[i].Weights, batch.Length, total[i].Weights);
            TensorPrimitives.Divide(total[i].Bias, batch.Length, total[i].Bias);
        }

        adam.Step(total, rate);
    }

    private double Loss(int[] rows)
    {
        var losses = new double[Shards];
        Parallel.For(0, Shards, shard =>
        {
            foreach (var row in Slice(rows, shard).Span)
                losses[shard] += _weights[row] * _shards[shard].Loss(Row(row), _labels[row]);
        });
        return losses.Sum() / rows.Sum(row => (double)_weights[row]);
    }

    private float BaseRateLogit()
    {
        var rate = TensorPrimitives.Dot<float>(_labels, _weights) / TensorPrimitives.Sum<float>(_weights);
        return MathF.Log(rate / (1 - rate));
    }

    private DenseLayer[] Copy() => [.. _layers.Select(layer => layer.Copy())];

    private Span<float> Row(int row) => _rows.AsSpan(row * _width, _width);

    private static ReadOnlyMemory<int> Slice(ReadOnlyMemory<int> rows, int shard)
    {
        var start = rows.Length * shard / Shards;
        return rows[start..(rows.Length * (shard + 1) / Shards)];
    }
}
