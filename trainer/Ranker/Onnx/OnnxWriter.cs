namespace Splitrail.Trainer.Ranker.Onnx;

/// <summary>
/// Writes a ranker as an ONNX model (IR 8, opset 13): [rows, features] in, a probability per row out. Scaling, calibration
/// and the choice for strangers are in the graph, so that serving cannot do any of it differently from training.
/// </summary>
internal static class OnnxWriter
{
    private const int IrVersion = 8;
    private const int OpsetVersion = 13;
    private const int MachineLearningVersion = 3;

    /// <param name="model">The ranker.</param>
    /// <param name="metadata">Read back by the ranking service: what the feature set is.</param>
    public static byte[] Write(RankerModel model, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph("features", model.Scorer.Width);
        var logit = model.Scorer.AddTo(graph);
        if (model.Calibration is { } line)
            logit = Line(graph, logit, line);
        if (model.Strangers is { } strangers)
            logit = Choose(graph, strangers, logit);
        var message = new ProtoMessage()
            .Number(1, IrVersion)
            .Text(2, "splitrail")
            .Message(7, graph.ToMessage("ranker", graph.Add("Sigmoid", logit)))
            .Message(8, new ProtoMessage().Text(1, "").Number(2, OpsetVersion));
        if (graph.UsesTrees)
            message.Message(8, new ProtoMessage().Text(1, OnnxGraph.MachineLearning).Number(2, MachineLearningVersion));
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            message.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        return message.ToBytes();
    }

    private static string Choose(OnnxGraph graph, StrangerRule strangers, string logit)
    {
        var known = graph.Add("Greater", Column(graph, strangers.KnownFeature), graph.Floats([0f]));
        var strange = Line(graph, Column(graph, strangers.PopularityFeature), new LogisticLine(strangers.Slope, strangers.Intercept));
        return graph.Add("Where", known, logit, strange);
    }

    private static string Line(OnnxGraph graph, string value, LogisticLine line) =>
        graph.Add("Add", graph.Add("Mul", value, graph.Floats([line.Slope])), graph.Floats([line.Intercept]));

    private static string Column(OnnxGraph graph, int feature) => graph.Add("Gather", ("axis", 1), graph.Input, graph.Longs(feature));
}
