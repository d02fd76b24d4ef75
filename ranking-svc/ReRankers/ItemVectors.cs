using System.Numerics.Tensors;
using Splitrail.Models;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>The items' factors of a model, each of length 1, so that a dot product is a cosine.</summary>
internal sealed class ItemVectors
{
    private readonly int _width;
    private readonly float[] _rows;

    public ItemVectors(AlsModel model)
    {
        _width = model.Factors;
        _rows = (float[])model.ItemFactors.Clone();
        for (var item = 0; item < model.Count; item++)
        {
            var row = _rows.AsSpan(item * _width, _width);
            var length = TensorPrimitives.Norm(row);
            if (length > 0)
                TensorPrimitives.Divide(row, length, row);
        }
    }

    /// <summary>Cosine, at least 0; 0 when an item has no position.</summary>
    public float Likeness(int item, int other) =>
        item < 0 || other < 0 ? 0f : Math.Clamp(TensorPrimitives.Dot(_rows.AsSpan(item * _width, _width), _rows.AsSpan(other * _width, _width)), 0f, 1f);
}
