using System.Runtime.InteropServices;

namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>
/// A chain of ONNX operators from one input to one output, with its constants. Field numbers are those of onnx.proto; floats are written
/// as raw little-endian bytes.
/// </summary>
internal sealed class OnnxGraph
{
    private const int FloatType = 1;
    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _constants = [];
    private readonly string _input;
    private readonly int _width;
    private string _tip;

    /// <param name="input">Name of the input.</param>
    /// <param name="width">Its values per row.</param>
    public OnnxGraph(string input, int width)
    {
        _input = _tip = input;
        _width = width;
    }

    /// <summary>Appends an operator whose first input is what the chain has come to; the constants are its further inputs.</summary>
    public OnnxGraph Then(string operation, params ReadOnlySpan<(float[] Values, long[] Shape)> operands)
    {
        var name = $"{operation.ToLowerInvariant()}_{_nodes.Count}";
        var node = new ProtoMessage().Text(1, _tip);
        for (var i = 0; i < operands.Length; i++)
            node.Text(1, Constant($"{name}_{i}", operands[i].Values, operands[i].Shape));
        _nodes.Add(node.Text(2, name).Text(3, name).Text(4, operation));
        _tip = name;
        return this;
    }

    /// <summary>The GraphProto. The output keeps the last operator's name and has one value per row.</summary>
    public ProtoMessage ToMessage(string name)
    {
        var graph = new ProtoMessage();
        foreach (var node in _nodes)
            graph.Message(1, node);
        graph.Text(2, name);
        foreach (var constant in _constants)
            graph.Message(5, constant);
        return graph.Message(11, Value(_input, _width)).Message(12, Value(_tip, 1));
    }

    private string Constant(string name, float[] values, long[] shape)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX tensors are little-endian.");
        var tensor = new ProtoMessage();
        foreach (var size in shape)
            tensor.Number(1, size);
        _constants.Add(tensor.Number(2, FloatType).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(values).ToArray()));
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
