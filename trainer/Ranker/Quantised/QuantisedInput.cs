using System.Numerics.Tensors;

namespace Splitrail.Trainer.Ranker.Quantised;

/// <summary>Activations as bytes, as ONNX's DynamicQuantizeLinear makes them: one scale over all rows of a run, and 0 is kept exactly.</summary>
internal readonly ref struct QuantisedInput
{
    private QuantisedInput(byte[] values, float scale, int zeroPoint) => (Values, Scale, ZeroPoint) = (values, scale, zeroPoint);

    public byte[] Values { get; }

    public float Scale { get; }

    public int ZeroPoint { get; }

    public static QuantisedInput Of(ReadOnlySpan<float> input)
    {
        var (low, high) = input.IsEmpty ? (0f, 0f) : (MathF.Min(0f, TensorPrimitives.Min(input)), MathF.Max(0f, TensorPrimitives.Max(input)));
        var scale = high == low ? 1f : (high - low) / byte.MaxValue;
        var zero = (int)MathF.Round(Math.Clamp(-low / scale, 0f, byte.MaxValue));
        var values = new byte[input.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (byte)Math.Clamp((int)MathF.Round(input[i] / scale) + zero, 0, byte.MaxValue);
        return new QuantisedInput(values, scale, zero);
    }
}
