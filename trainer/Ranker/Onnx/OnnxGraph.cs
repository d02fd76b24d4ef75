using System.Runtime.InteropServices;

namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>
/// A graph of ONNX operators with its constants. Field numbers are those of onnx.proto; numbers are written as raw little-endian bytes.
/// Everything added answers its name, which is the input of what is added next.
/// </summary>
internal sealed class OnnxGraph
{
    private const int FloatType = 1;
    private const int LongType = 7;
    private const int IntAttribute = 2;
    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _constants = [];
    private readonly ProtoMessage _input;

    /// <param name="input">Name of the input, [rows, width].</param>
    /// <param name="width">Its values per row.</param>
    public OnnxGraph(string input, int width)
    {
        Input = input;
        _input = Value(input, width);
    }

    public string Input { get; }

    public string Add(string operation, params ReadOnlySpan<string> inputs) => Finish(Start(operation, inputs));

    /// <summary>An operator with one whole number as its attribute.</summary>
    public string Add(string operation, (string Name, long Value) attribute, params ReadOnlySpan<string> inputs) => Finish(
        Start(operation, inputs).Message(5, new ProtoMessage().Text(1, attribute.Name).Number(3, attribute.Value).Number(20, IntAttribute)));

    public string Floats(float[] values, params long[] shape) => Constant(FloatType, MemoryMarshal.AsBytes<float>(values), shape);

    public string Longs(params long[] values) => Constant(LongType, MemoryMarshal.AsBytes<long>(values), [values.Length]);

    /// <summary>The GraphProto; <paramref name="output"/> has one value per row.</summary>
    public ProtoMessage ToMessage(string name, string output)
    {
        var graph = new ProtoMessage();
        foreach (var node in _nodes)
            graph.Message(1, node);
        graph.Text(2, name);
        foreach (var constant in _constants)
            graph.Message(5, constant);
        return graph.Message(11, _input).Message(12, Value(output, 1));
    }

    private static ProtoMessage Start(string operation, ReadOnlySpan<string> inputs)
    {
        var node = new ProtoMessage();
        foreach (var input in inputs)
            node.Text(1, input);
        return node.Text(4, operation);
    }

    private string Finish(ProtoMessage node)
    {
        var name = $"value_{_nodes.Count}";
        _nodes.Add(node.Text(2, name).Text(3, name));
        return name;
    }

    private string Constant(int type, ReadOnlySpan<byte> bytes, long[] shape)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX tensors are little-endian.");
        var name = $"constant_{_constants.Count}";
        var tensor = new ProtoMessage();
        foreach (var size in shape)
            tensor.Number(1, size);
        _constants.Add(tensor.Number(2, type).Text(8, name).Bytes(9, bytes.ToArray()));
        return name;
    }

    private static ProtoMessage Value(string name, int columns)
    {
        var shape = new ProtoMessage()
            .Message(1, new ProtoMessage().Text(2, "rows"))
            .Message(1, new ProtoMessage().Number(1, columns));
        var tensor = new ProtoMessage().Number(1, FloatType).Message(2, shape);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor));
    }
}
