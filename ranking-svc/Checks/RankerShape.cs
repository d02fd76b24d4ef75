using Splitrail.Features;
using Splitrail.RankingSvc.Onnx;

namespace Splitrail.RankingSvc.Checks;

/// <summary>Whether a session takes what this build computes.</summary>
internal static class RankerShape
{
    /// <exception cref="FeatureSetMismatchException">It was trained on other features.</exception>
    public static void Require(string version, OnnxSession session)
    {
        ShopFeatures.Set.Require(version, session.Metadata);
        if (session.Width != ShopFeatures.Set.Width)
            throw new FeatureSetMismatchException($"Model '{version}' takes {session.Width} features, '{ShopFeatures.Set.Name}' has {ShopFeatures.Set.Width}.");
    }
}
