using Splitrail.Retrieval;

namespace Splitrail.Trainer.Evaluation.References;

/// <summary>The blend of the default sources that is best on validation, by a grid small enough not to fit its noise.</summary>
internal static class BlendTuning
{
    private static readonly float[] s_als = [0f, 0.15f, 0.3f, 0.45f, 0.6f, 0.75f];
    private static readonly float[] s_content = [0f, 0.05f, 0.1f, 0.2f];
    private static readonly float[] s_popularity = [0f, 0.5f, 1.5f];

    /// <summary>ALS and item-to-item share 1 between them; words and popularity come on top.</summary>
    public static Mix Best(IReadOnlyList<ReferenceScene> validation)
    {
        var mixes = from als in s_als from content in s_content from popularity in s_popularity select Of(als, content, popularity);
        return mixes.MaxBy(mix => ReferenceScene.Of(validation, mix).Ndcg)!;
    }

    private static Mix Of(float als, float content, float popularity)
    {
        var weights = new BlendWeights(als, 1 - als, 0, MathF.Max(popularity, 1e-6f), content);
        return new Mix(FormattableString.Invariant($"als {als} item_to_item {1 - als:0.##} content {content} popularity {popularity}"), MixExpression.Find("default(content=100)")!.Quotas, weights, weights);
    }
}
