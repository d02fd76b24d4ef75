using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker;

/// <summary>
/// One network in training by Adam in small batches: on binary cross-entropy of rows, then on softmax cross-entropy of lists. A batch is cut into a fixed
/// number of shards whose gradients are added in order, so the result does not depend on how many threads there are. What is judged and kept is a running
/// mean of the weights (Polyak and Juditsky 1992): single steps are noisy.
/// </summary>
internal sealed class NetworkFit
{
    private const int Shards = 4;
    private const int MinBatchSize = 32;
    private const float LongMemory = 0.999f;
    // A small shop has few rows: smaller batches leave it enough steps to learn in.
    private const int MinStepsPerPass = 200;
    private readonly NetworkOptions _options;
    private readonly ParallelOptions _parallelism;
    private readonly Random _random;
    private readonly TrainingRows _all;
    private readonly FeatureScaling _scaling;
    private readonly float[] _rows;
    private readonly float[] _labels;
    private readonly float[] _weights;
    private readonly float[] _looks;
    private readonly DenseLayer[] _layers;
    private readonly DenseLayer[] _mean;
    private readonly Backpropagation[] _shards;
    private readonly ListWork[] _lists;
    private readonly ListWork[] _judges;
    private int _steps;

    public NetworkFit(RankerTask task, int[] learnt, NetworkOptions options)
    {
        var rows = task.Rows;
        _parallelism = task.Parallelism;
        _options = options;
        _random = new Random(task.Seed);
        _all = rows;
        _labels = rows.Labels.ToArray();
        _weights = rows.Weights.ToArray();
        _looks = rows.Looks.ToArray();
        _scaling = FeatureScaling.Fit(rows.Features, rows.Width);
        _rows = new float[rows.Count * rows.Width];
        for (var i = 0; i < rows.Count; i++)
            _scaling.Apply(rows.Features.Slice(i * rows.Width, rows.Width), Row(i));
        int[] sizes = [rows.Width, .. options.Hidden, 1];
        var hidden = sizes[1..^1].Select((outputs, i) => DenseLayer.Initial(sizes[i], outputs, _random));
        _layers = [.. hidden, DenseLayer.Constant(sizes[^2], BaseRateLogit(learnt))];
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Backpropagation(_layers))];
        _lists = [.. _shards.Select(shard => new ListWork(shard, _rows, rows))];
        _mean = [.. _layers.Select(static layer => layer.Copy())];
        _judges = [.. _shards.Select(_ => new ListWork(new Backpropagation(_mean), _rows, rows))];
    }

    /// <summary>The network as it is now.</summary>
    public Network Copy() => new(_scaling, [.. _mean.Select(static layer => layer.Copy())]);

    /// <summary>Takes the weights of a copy back.</summary>
    public void Restore(Network copy)
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            copy.Layers[i].Weights.CopyTo(_layers[i].Weights, 0);
            copy.Layers[i].Bias.CopyTo(_layers[i].Bias, 0);
            copy.Layers[i].Weights.CopyTo(_mean[i].Weights, 0);
            copy.Layers[i].Bias.CopyTo(_mean[i].Bias, 0);
        }
    }

    /// <summary>Passes over rows; asked after each whether to go on.</summary>
    public void LearnRows(int[] rows, int passes, Func<int, bool> goOn)
    {
        var order = rows.ToArray();
        var size = Math.Clamp(order.Length / MinStepsPerPass, MinBatchSize, _options.BatchSize);
        Passes(order, size, passes, _options.LearningRate, (shard, batch) =>
        {
            foreach (var row in batch)
            {
                if (_looks[row] < 1)
                    _shards[shard].LearnClick(Row(row), _labels[row], _looks[row]);
                else
                    _shards[shard].Learn(Row(row), _labels[row], _weights[row]);
            }
        }, goOn);
    }

    /// <summary>Passes over whole lists; asked after each whether to go on.</summary>
    public void LearnLists(int[] contexts, int passes, Func<int, bool> goOn) =>
        Passes([.. contexts], _options.ListBatch, passes, _options.ListLearningRate, (shard, batch) =>
        {
            foreach (var context in batch)
                _lists[shard].Learn(context);
        }, goOn);

    /// <summary>Mean <see cref="ListSoftmax"/> of contexts.</summary>
    public double Loss(int[] contexts)
    {
        var sums = new double[Shards];
        Parallel.For(0, Shards, _parallelism, shard =>
        {
            foreach (var context in Slice(contexts, shard).Span)
                sums[shard] += _judges[shard].Loss(context);
        });
        return sums.Sum() / contexts.Length;
    }

    private void Passes(int[] order, int size, int passes, float rate, Action<int, ReadOnlySpan<int>> learn, Func<int, bool> goOn)
    {
        var adam = new Adam(_layers);
        for (var pass = 1; pass <= passes; pass++)
        {
            _random.Shuffle(order);
            for (var start = 0; start < order.Length; start += size)
                Step(adam, order.AsMemory(start, Math.Min(size, order.Length - start)), rate, learn);
            rate *= _options.LearningRateDecay;
            if (!goOn(pass))
                return;
        }
    }

    private void Step(Adam adam, ReadOnlyMemory<int> batch, float rate, Action<int, ReadOnlySpan<int>> learn)
    {
        Parallel.For(0, Shards, _parallelism, shard =>
        {
            _shards[shard].Clear();
            learn(shard, Slice(batch, shard).Span);
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
        Follow();
    }

    /// <summary>Moves the mean a little towards the weights; early on by more, as there is little to remember.</summary>
    private void Follow()
    {
        var part = 1 - MathF.Min(LongMemory, (1f + _steps) / (10f + _steps));
        _steps++;
        for (var i = 0; i < _layers.Length; i++)
        {
            TensorPrimitives.Lerp(_mean[i].Weights, _layers[i].Weights, part, _mean[i].Weights);
            TensorPrimitives.Lerp(_mean[i].Bias, _layers[i].Bias, part, _mean[i].Bias);
        }
    }

    private float BaseRateLogit(int[] rows)
    {
        var (wanted, all) = (0.0, 0.0);
        foreach (var row in rows)
            (wanted, all) = (wanted + (_labels[row] * _weights[row]), all + _weights[row]);
        // Half a row of each kind keeps a side finite that has one kind only.
        return (float)Math.Log((wanted + 0.5) / (all - wanted + 0.5));
    }

    private Span<float> Row(int row) => _rows.AsSpan(row * _all.Width, _all.Width);

    private static ReadOnlyMemory<int> Slice(ReadOnlyMemory<int> items, int shard)
    {
        var start = items.Length * shard / Shards;
        return items[start..(items.Length * (shard + 1) / Shards)];
    }
}
