using System.Runtime.InteropServices;

namespace Splitrail.RankingSvc.Onnx;

/// <summary>
/// Input rows and output scores in native memory, with a pair of tensors over them for each number of rows that was ever used: a tensor is a
/// shape and a pointer, so they cost some hundred bytes each and are made once. Not for two runs at a time.
/// </summary>
internal sealed unsafe class ScoringBuffer : IDisposable
{
    private const nuint CacheLine = 64;
    private const int FloatElements = 1;
    private readonly OnnxRuntime runtime;
    private readonly (nint Input, nint Output)[] tensors;
    private float* input;
    private float* output;

    internal ScoringBuffer(OnnxRuntime runtime, int width, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.runtime = runtime;
        Width = width;
        Capacity = capacity;
        tensors = new (nint, nint)[capacity + 1];
        input = (float*)NativeMemory.AlignedAlloc((nuint)((long)capacity * width * sizeof(float)), CacheLine);
        output = (float*)NativeMemory.AlignedAlloc((nuint)((long)capacity * sizeof(float)), CacheLine);
    }

    public int Width { get; }

    public int Capacity { get; }

    /// <summary>Rows to be written, [Capacity, Width].</summary>
    public Span<float> Rows => new(input, input is null ? 0 : Capacity * Width);

    /// <summary>One score per row of the last run.</summary>
    public ReadOnlySpan<float> Scores => new(output, output is null ? 0 : Capacity);

    public void Dispose()
    {
        foreach (var (rows, scores) in tensors)
        {
            if (rows != 0)
                runtime.Api.ReleaseValue(rows);
            if (scores != 0)
                runtime.Api.ReleaseValue(scores);
        }

        Array.Clear(tensors);
        NativeMemory.AlignedFree(input);
        NativeMemory.AlignedFree(output);
        input = output = null;
    }

    internal (nint Input, nint Output) Tensors(int rows)
    {
        ObjectDisposedException.ThrowIf(input is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        ref var pair = ref tensors[rows];
        if (pair.Input == 0)
            pair.Input = Tensor(input, rows, Width);
        if (pair.Output == 0)
            pair.Output = Tensor(output, rows, 1);
        return pair;
    }

    private nint Tensor(float* memory, int rows, int width)
    {
        var shape = stackalloc long[] { rows, width };
        var bytes = (nuint)((long)rows * width * sizeof(float));
        nint tensor;
        runtime.Check(runtime.Api.CreateTensorWithDataAsOrtValue(runtime.Memory, memory, bytes, shape, 2, FloatElements, &tensor), "make a tensor");
        return tensor;
    }
}
