using System.Runtime.InteropServices;

namespace Splitrail.RankingSvc.Onnx;

/// <summary>
/// Input rows and output scores in native memory, with a binding to them for each number of rows that was ever used: a binding is a pair of shapes and
/// pointers, so it costs about a kilobyte and is made once. Not for two runs at a time.
/// </summary>
internal sealed unsafe class ScoringBuffer : IDisposable
{
    private const nuint CacheLine = 64;
    private const int FloatElements = 1;

    /// <summary>Larger numbers of rows are rounded up to a multiple of <see cref="Step"/>: a quarter of the bindings for at most 3 rows more.</summary>
    private const int Exact = 64, Step = 4;

    private readonly OnnxSession _session;
    private readonly Bound[] _bound;
    private readonly int _padded;
    private float* _input;
    private float* _output;

    internal ScoringBuffer(OnnxSession session, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _session = session;
        Width = session.Width;
        Capacity = capacity;
        _padded = Padded(capacity);
        _bound = new Bound[Place(_padded) + 1];
        _input = (float*)NativeMemory.AlignedAlloc((nuint)((long)_padded * Width * sizeof(float)), CacheLine);
        _output = (float*)NativeMemory.AlignedAlloc((nuint)((long)_padded * sizeof(float)), CacheLine);
        NativeMemory.Clear(_input, (nuint)((long)_padded * Width * sizeof(float)));
    }

    public int Width { get; }

    public int Capacity { get; }

    /// <summary>Rows to be written, [Capacity, Width].</summary>
    public Span<float> Rows => new(_input, _input is null ? 0 : Capacity * Width);

    public Span<float> Row(int row) => Rows.Slice(row * Width, Width);

    /// <summary>One score per row of the last run.</summary>
    public ReadOnlySpan<float> Scores => ScoresToFill;

    /// <summary>The same, for one who ran these rows in another buffer.</summary>
    internal Span<float> ScoresToFill => new(_output, _output is null ? 0 : Capacity);

    public void Dispose()
    {
        var api = _session.Runtime.Api;
        foreach (var bound in _bound)
        {
            if (bound.Binding != 0)
                api.ReleaseIoBinding(bound.Binding);
            if (bound.Input != 0)
                api.ReleaseValue(bound.Input);
            if (bound.Output != 0)
                api.ReleaseValue(bound.Output);
        }

        Array.Clear(_bound);
        NativeMemory.AlignedFree(_input);
        NativeMemory.AlignedFree(_output);
        _input = _output = null;
    }

    internal nint Binding(int rows)
    {
        ObjectDisposedException.ThrowIf(_input is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        var padded = Padded(rows);
        ref var bound = ref _bound[Place(padded)];
        if (bound.Input == 0)
            bound.Input = Tensor(_input, padded, Width);
        if (bound.Output == 0)
            bound.Output = Tensor(_output, padded, 1);
        if (bound.Binding == 0)
            bound.Binding = _session.Bind(bound.Input, bound.Output);
        return bound.Binding;
    }

    private static int Padded(int rows) => rows <= Exact ? rows : (rows + Step - 1) / Step * Step;

    private static int Place(int padded) => padded <= Exact ? padded : Exact + ((padded - Exact) / Step);

    private nint Tensor(float* memory, int rows, int width)
    {
        var runtime = _session.Runtime;
        var shape = stackalloc long[] { rows, width };
        var bytes = (nuint)((long)rows * width * sizeof(float));
        nint tensor;
        runtime.Check(runtime.Api.CreateTensorWithDataAsOrtValue(runtime.Memory, memory, bytes, shape, 2, FloatElements, &tensor), "make a tensor");
        return tensor;
    }

    private struct Bound
    {
        public nint Input;
        public nint Output;
        public nint Binding;
    }
}
