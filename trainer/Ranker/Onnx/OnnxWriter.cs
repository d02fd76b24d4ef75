namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>
/// Writes a ranker as an ONNX model (IR 8, opset 13): [rows, features] in, a probability per row out. The scaling of the features and the
/// choice for strangers are in the graph, so that serving cannot do either differently from training.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8;
    private const int OpsetVersion = 13;

    /// <param name="model">The network with its scaling.</param>
    /// <param name="metadata">Read back by the ranking service: what the feature set is.</param>
    public static byte[] Write(RankerModel model, IReadOnlyDictionary<string, string> metadata)
    {
        var message = new ProtoMessage()
            .Number(1, IrVersion)
            .Text(2, "splitrail")
            .Message(7, Graph(model))
            .Message(8, new ProtoMessage().Text(1, "").Number(2, OpsetVersion));
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            message.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        return message.ToBytes();
    }

    private static ProtoMessage Graph(RankerModel model)
    {
        var graph = new OnnxGraph("features", model.Scaling.Width);
        var logit = Network(graph, model);
        if (model.Strangers is { } strangers)
            logit = Choose(graph, strangers, logit);
        return graph.ToMessage("ranker", graph.Add("Sigmoid", logit));
    }

    private static string Network(OnnxGraph graph, RankerModel model)
    {
        var scaling = model.Scaling;
        var tip = graph.Add("Sub", graph.Input, graph.Floats(scaling.Mean, scaling.Width));
        tip = graph.Add("Mul", tip, graph.Floats(scaling.InverseDeviation, scaling.Width));
        tip = graph.Add("Clip", tip, graph.Floats([-FeatureScaling.Limit]), graph.Floats([FeatureScaling.Limit]));
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            tip = graph.Add("Gemm", tip, graph.Floats(layer.Weights, layer.Inputs, layer.Outputs), graph.Floats(layer.Bias, layer.Outputs));
            if (i < model.Layers.Count - 1)
                tip = graph.Add("Relu", tip);
        }

        return tip;
    }

    private static string Choose(OnnxGraph graph, StrangerRule strangers, string logit)
    {
        var popularity = Column(graph, strangers.PopularityFeature);
        var known = graph.Add("Greater", Column(graph, strangers.KnownFeature), graph.Floats([0f]));
        var strange = graph.Add("Add", graph.Add("Mul", popularity, graph.Floats([strangers.Slope])), graph.Floats([strangers.Intercept]));
        return graph.Add("Where", known, logit, strange);
    }

    private static string Column(OnnxGraph graph, int feature) => graph.Add("Gather", ("axis", 1), graph.Input, graph.Longs(feature));
}
