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
    private readonly OnnxRuntime _runtime;
    private readonly (nint Input, nint Output)[] _tensors;
    private float* _input;
    private float* _output;

    internal ScoringBuffer(OnnxRuntime runtime, int width, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _runtime = runtime;
        Width = width;
        Capacity = capacity;
        _tensors = new (nint, nint)[capacity + 1];
        _input = (float*)NativeMemory.AlignedAlloc((nuint)((long)capacity * width * sizeof(float)), CacheLine);
        _output = (float*)NativeMemory.AlignedAlloc((nuint)((long)capacity * sizeof(float)), CacheLine);
    }

    public int Width { get; }

    public int Capacity { get; }

    /// <summary>Rows to be written, [Capacity, Width].</summary>
    public Span<float> Rows => new(_input, _input is null ? 0 : Capacity * Width);

    public Span<float> Row(int row) => Rows.Slice(row * Width, Width);

    /// <summary>One score per row of the last run.</summary>
    public ReadOnlySpan<float> Scores => new(_output, _output is null ? 0 : Capacity);

    public void Dispose()
    {
        foreach (var (rows, scores) in _tensors)
        {
            if (rows != 0)
                _runtime.Api.ReleaseValue(rows);
            if (scores != 0)
                _runtime.Api.ReleaseValue(scores);
        }

        Array.Clear(_tensors);
        NativeMemory.AlignedFree(_input);
        NativeMemory.AlignedFree(_output);
        _input = _output = null;
    }

    internal (nint Input, nint Output) Tensors(int rows)
    {
        ObjectDisposedException.ThrowIf(_input is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        ref var pair = ref _tensors[rows];
        if (pair.Input == 0)
            pair.Input = Tensor(_input, rows, Width);
        if (pair.Output == 0)
            pair.Output = Tensor(_output, rows, 1);
        return pair;
    }

    private nint Tensor(float* memory, int rows, int width)
    {
        var shape = stackalloc long[] { rows, width };
        var bytes = (nuint)((long)rows * width * sizeof(float));
        nint tensor;
        _runtime.Check(_runtime.Api.CreateTensorWithDataAsOrtValue(_runtime.Memory, memory, bytes, shape, 2, FloatElements, &tensor), "make a tensor");
        return tensor;
    }
}
