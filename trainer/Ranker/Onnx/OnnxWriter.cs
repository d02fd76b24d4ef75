namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>
/// Writes a ranker as an ONNX model (IR 8, opset 13): [rows, features] in, a probability per row out. The scaling of the features is in the
/// graph, so that serving cannot scale differently from training.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8;
    private const int OpsetVersion = 13;

    /// <param name="model">The network with its scaling.</param>
    /// <param name="metadata">Read back by the ranking service: the name and version of the feature set.</param>
    public static byte[] Write(RankerModel model, IReadOnlyDictionary<string, string> metadata)
    {
        var message = new ProtoMessage()
            .Number(1, IrVersion)
            .Text(2, "splitrail")
            .Message(7, Graph(model).ToMessage("ranker"))
            .Message(8, new ProtoMessage().Text(1, "").Number(2, OpsetVersion));
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            message.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        return message.ToBytes();
    }

    private static OnnxGraph Graph(RankerModel model)
    {
        var scaling = model.Scaling;
        var graph = new OnnxGraph("features", scaling.Width)
            .Then("Sub", (scaling.Mean, [scaling.Width]))
            .Then("Mul", (scaling.InverseDeviation, [scaling.Width]))
            .Then("Clip", ([-FeatureScaling.Limit], []), ([FeatureScaling.Limit], []));
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            graph.Then("Gemm", (layer.Weights, [layer.Inputs, layer.Outputs]), (layer.Bias, [layer.Outputs]));
            graph.Then(i < model.Layers.Count - 1 ? "Relu" : "Sigmoid");
        }

        return graph;
    }
}
