using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Tests.Unit.Retrieval;
using Splitrail.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Onnx;

namespace Splitrail.Tests.Unit.RankingSvc;

/// <summary>Model folders to rank with.</summary>
internal static class RankingModels
{
    /// <summary>Writes a version with the given ranker.</summary>
    /// <returns>Its folder.</returns>
    public static string Publish(string models, string version, byte[] ranker, string? family = null)
    {
        using var draft = new ModelStore(models).Draft(version);
        var model = RetrievalTestModels.Chain();
        RetrievalFiles.Write(draft.Folder, model);
        File.WriteAllBytes(Path.Combine(draft.Folder, ModelStore.RankerName), ranker);
        draft.Commit(new ModelManifest(
            version, DateTimeOffset.UnixEpoch, "test", "00", ShopFeatures.Set.Name, model.Items.Count, 1, model.Statistics.AsOfMs,
            [], new Dictionary<string, double>(), new Dictionary<string, double>(), Family: family));
        return Path.Combine(models, version);
    }

    /// <summary>Logistic in one feature, unscaled.</summary>
    public static RankerModel Logistic(string feature, float weight)
    {
        var width = ShopFeatures.Set.Width;
        var layer = new DenseLayer(width, 1, new float[width], [0.01f]);
        layer.Weights[ShopFeatures.Set.Features.ToList().IndexOf(feature)] = weight;
        return new RankerModel(new FeatureScaling(new float[width], [.. Enumerable.Repeat(1f, width)]), [layer]);
    }

    /// <summary>A model of this build's feature set around any graph.</summary>
    public static byte[] Onnx(Func<OnnxGraph, string> output)
    {
        var graph = new OnnxGraph("features", ShopFeatures.Set.Width);
        var model = new ProtoMessage().Number(1, 8).Message(7, graph.ToMessage("ranker", output(graph))).Message(8, new ProtoMessage().Text(1, "").Number(2, 13));
        foreach (var (key, value) in ShopFeatures.Set.Metadata)
            model.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        return model.ToBytes();
    }
}
