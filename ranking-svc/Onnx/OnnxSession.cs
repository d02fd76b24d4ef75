using System.Runtime.InteropServices;
using System.Text;

namespace Splitrail.RankingSvc.Onnx;

/// <summary>
/// A model with one float input [rows, width] and one float output of one value per row. Runs may overlap as long as each has a
/// <see cref="ScoringBuffer"/> of its own; the caller sees to it that none is running when the session is disposed.
/// </summary>
internal sealed unsafe class OnnxSession : IDisposable
{
    private readonly OnnxRuntime _runtime;
    private byte* _inputName;
    private byte* _outputName;
    private nint _session;

    private OnnxSession(OnnxRuntime runtime, nint session)
    {
        _runtime = runtime;
        _session = session;
    }

    internal OnnxRuntime Runtime => _runtime;

    /// <summary>Values in a row.</summary>
    public int Width { get; private set; }

    /// <param name="runtime">The library.</param>
    /// <param name="model">An ONNX file's bytes.</param>
    /// <param name="threads">Of one run.</param>
    /// <param name="affinity">Processors of all but the first thread, as ONNX Runtime writes them; empty leaves them to the system.</param>
    /// <exception cref="OnnxException">The bytes are no model, or one of another shape.</exception>
    public static OnnxSession Open(OnnxRuntime runtime, ReadOnlySpan<byte> model, int threads = 1, string affinity = "") =>
        Open(runtime, model, OnnxSessionOptions.Create(runtime, threads, affinity));

    /// <summary>With the options that ONNX Runtime has by itself, a pool of threads that spin on all cores among them: what others use is measured against.</summary>
    /// <exception cref="OnnxException">As above.</exception>
    public static OnnxSession OpenAsItComes(OnnxRuntime runtime, ReadOnlySpan<byte> model) => Open(runtime, model, OnnxSessionOptions.CreateDefault(runtime));

    private static OnnxSession Open(OnnxRuntime runtime, ReadOnlySpan<byte> model, nint options)
    {
        nint handle;
        try
        {
            fixed (byte* bytes = model)
                runtime.Check(runtime.Api.CreateSessionFromArray(runtime.Environment, bytes, (nuint)model.Length, options, &handle), "load the model");
        }
        finally
        {
            runtime.Api.ReleaseSessionOptions(options);
        }

        var session = new OnnxSession(runtime, handle);
        try
        {
            session.ReadShape();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Room for up to <paramref name="capacity"/> rows, to be disposed before the session.</summary>
    public ScoringBuffer CreateBuffer(int capacity) => new(this, capacity);

    /// <summary>Scores the first <paramref name="rows"/> rows of the buffer. Allocates nothing managed.</summary>
    public void Run(ScoringBuffer buffer, int rows)
    {
        ObjectDisposedException.ThrowIf(_session == 0, this);
        if (rows == 0)
            return;
        _runtime.Check(_runtime.Api.RunWithBinding(_session, 0, buffer.Binding(rows)), "run the model");
    }

    /// <summary>A binding of this model's input and output to tensors, to be released by the caller.</summary>
    internal nint Bind(nint input, nint output)
    {
        nint binding;
        _runtime.Check(_runtime.Api.CreateIoBinding(_session, &binding), "bind tensors");
        _runtime.Check(_runtime.Api.BindInput(binding, _inputName, input), "bind the input");
        _runtime.Check(_runtime.Api.BindOutput(binding, _outputName, output), "bind the output");
        return binding;
    }

    /// <summary>A value of the model's own metadata, null when it has none of that name.</summary>
    public string? Metadata(string key)
    {
        ObjectDisposedException.ThrowIf(_session == 0, this);
        nint metadata;
        _runtime.Check(_runtime.Api.SessionGetModelMetadata(_session, &metadata), "read the model's metadata");
        try
        {
            byte* value = null;
            var allocator = _runtime.DefaultAllocator();
            fixed (byte* name = Encoding.UTF8.GetBytes(key + '\0'))
                _runtime.Check(_runtime.Api.ModelMetadataLookup(metadata, allocator, name, &value), "read the model's metadata");
            return value is null ? null : _runtime.TakeString(value, allocator);
        }
        finally
        {
            _runtime.Api.ReleaseModelMetadata(metadata);
        }
    }

    public void Dispose()
    {
        var handle = Interlocked.Exchange(ref _session, 0);
        if (handle == 0)
            return;
        _runtime.Api.ReleaseSession(handle);
        NativeMemory.Free(_inputName);
        NativeMemory.Free(_outputName);
        _inputName = _outputName = null;
    }

    private void ReadShape()
    {
        nuint inputs, outputs;
        _runtime.Check(_runtime.Api.SessionGetInputCount(_session, &inputs), "count the model's inputs");
        _runtime.Check(_runtime.Api.SessionGetOutputCount(_session, &outputs), "count the model's outputs");
        if (inputs != 1 || outputs != 1)
            throw new OnnxException($"The model has {inputs} inputs and {outputs} outputs; a ranker has one of each.");
        var allocator = _runtime.DefaultAllocator();
        byte* name;
        _runtime.Check(_runtime.Api.SessionGetInputName(_session, 0, allocator, &name), "name the model's input");
        _inputName = Copy(_runtime.TakeString(name, allocator));
        _runtime.Check(_runtime.Api.SessionGetOutputName(_session, 0, allocator, &name), "name the model's output");
        _outputName = Copy(_runtime.TakeString(name, allocator));
        Width = ReadWidth();
    }

    private int ReadWidth()
    {
        nint type, tensor;
        _runtime.Check(_runtime.Api.SessionGetInputTypeInfo(_session, 0, &type), "read the model's input");
        try
        {
            nuint rank = 0;
            _runtime.Check(_runtime.Api.CastTypeInfoToTensorInfo(type, &tensor), "read the model's input");
            if (tensor != 0)
                _runtime.Check(_runtime.Api.GetDimensionsCount(tensor, &rank), "read the model's input");
            var dimensions = stackalloc long[2];
            if (rank == 2)
                _runtime.Check(_runtime.Api.GetDimensions(tensor, dimensions, 2), "read the model's input");
            if (rank != 2 || dimensions[0] > 0 || dimensions[1] <= 0)
                throw new OnnxException("The model's input is not [any number of rows, fixed width].");
            return (int)dimensions[1];
        }
        finally
        {
            _runtime.Api.ReleaseTypeInfo(type);
        }
    }

    private static byte* Copy(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + '\0');
        var copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
