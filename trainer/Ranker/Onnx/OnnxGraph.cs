using System.Runtime.InteropServices;

namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>
/// A graph of ONNX operators with its constants. Field numbers are those of onnx.proto; numbers are written as raw little-endian bytes.
/// Everything added answers its name, which is the input of what is added next.
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>Domain of the operators for trees.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>The element type that Cast calls float.</summary>
    public const int FloatType = 1;

    private const int SignedByteType = 3;
    private const int LongType = 7;
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

    /// <summary>Whether an operator of <see cref="MachineLearning"/> is in it.</summary>
    public bool UsesTrees { get; private set; }

    public string Add(string operation, params ReadOnlySpan<string> inputs) => Add(operation, [], inputs);

    /// <summary>An operator with one whole number as its attribute.</summary>
    public string Add(string operation, (string Name, long Value) attribute, params ReadOnlySpan<string> inputs) =>
        Add(operation, [OnnxAttribute.Of(attribute.Name, attribute.Value)], inputs);

    public string Add(string operation, ReadOnlySpan<OnnxAttribute> attributes, params ReadOnlySpan<string> inputs) =>
        Node(operation, outputs: 1, attributes, inputs)[0];

    /// <summary>An operator with several results.</summary>
    public string[] AddSeveral(string operation, int outputs, params ReadOnlySpan<string> inputs) => Node(operation, outputs, [], inputs);

    /// <summary>An operator of the domain <see cref="MachineLearning"/>.</summary>
    public string AddTrees(string operation, ReadOnlySpan<OnnxAttribute> attributes, params ReadOnlySpan<string> inputs)
    {
        UsesTrees = true;
        var output = Add(operation, attributes, inputs);
        _nodes[^1].Text(7, MachineLearning);
        return output;
    }

    public string Bytes(sbyte[] values, params long[] shape) => Constant(SignedByteType, MemoryMarshal.AsBytes<sbyte>(values), shape);

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

    private string[] Node(string operation, int outputs, ReadOnlySpan<OnnxAttribute> attributes, ReadOnlySpan<string> inputs)
    {
        var node = new ProtoMessage();
        foreach (var input in inputs)
            node.Text(1, input);
        var names = new string[outputs];
        for (var i = 0; i < outputs; i++)
            node.Text(2, names[i] = outputs == 1 ? $"value_{_nodes.Count}" : $"value_{_nodes.Count}_{i}");
        node.Text(3, $"node_{_nodes.Count}").Text(4, operation);
        foreach (var attribute in attributes)
            node.Message(5, attribute.Message);
        _nodes.Add(node);
        return names;
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
