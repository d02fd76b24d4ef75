using Splitrail.RankingSvc.Onnx;
using Splitrail.Trainer.Ranker;

namespace Splitrail.Tests.Unit.Trainer.Ranker;

/// <summary>What the native runtime makes of a ranker.</summary>
internal static class OnnxScores
{
    public static float[] Of(RankerModel model, float[] features)
    {
        var rows = features.Length / model.Scorer.Width;
        using var session = OnnxSession.Open(OnnxRuntime.Shared, model.ToOnnx(new Dictionary<string, string>()));
        using var buffer = session.CreateBuffer(rows);
        features.CopyTo(buffer.Rows);
        session.Run(buffer, rows);
        return buffer.Scores[..rows].ToArray();
    }
}
