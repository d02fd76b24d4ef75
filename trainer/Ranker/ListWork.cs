namespace Splitrail.Trainer.Ranker;

/// <summary>Whole lists through a network: their losses and gradients, by one thread.</summary>
/// <param name="work">The network, with the thread's activations and gradients.</param>
/// <param name="scaled">All rows, scaled.</param>
/// <param name="rows">Labels, weights and contexts.</param>
internal sealed class ListWork(Backpropagation work, float[] scaled, TrainingRows rows)
{
    private float[] _logits = [];
    private float[] _gradient = [];

    /// <summary>Adds the gradient of a context's <see cref="ListSoftmax"/>.</summary>
    public void Learn(int context)
    {
        var (start, length) = rows.RowsOf(context).GetOffsetAndLength(rows.Count);
        var logits = Logits(start, length);
        if (_gradient.Length < length)
            _gradient = new float[length];
        if (!ListSoftmax.Gradient(logits, rows.Labels.Slice(start, length), rows.Weights.Slice(start, length), _gradient))
            return;
        for (var i = 0; i < length; i++)
            work.Push(Row(start + i), _gradient[i]);
    }

    public double Loss(int context)
    {
        var (start, length) = rows.RowsOf(context).GetOffsetAndLength(rows.Count);
        return ListSoftmax.Loss(Logits(start, length), rows.Labels.Slice(start, length), rows.Weights.Slice(start, length));
    }

    private Span<float> Logits(int start, int length)
    {
        if (_logits.Length < length)
            _logits = new float[length];
        for (var i = 0; i < length; i++)
            _logits[i] = work.Logit(Row(start + i));
        return _logits.AsSpan(0, length);
    }

    private ReadOnlySpan<float> Row(int row) => scaled.AsSpan(row * rows.Width, rows.Width);
}
