using Splitrail.Contracts;

namespace Splitrail.Datasets;

/// <summary>
/// How strongly an event speaks of taste: the confidence of implicit feedback (Hu, Koren and Volinsky 2008). One place, because training,
/// the user's context and the ranker's features must agree.
/// </summary>
public static class EventWeights
{
    /// <summary>Stars from which a rating counts as liking.</summary>
    public const long LikedFromMicros = 4_000_000;

    /// <summary>Weight of one event; 0 says nothing of taste, below 0 is dislike.</summary>
    public static float Of(string type, long valueMicros) => type switch
    {
        EventTypes.Purchase => 1f,
        EventTypes.AddToCart => 0.6f,
        EventTypes.Like => 0.8f,
        EventTypes.Click => 0.3f,
        EventTypes.View => 0.2f,
        EventTypes.Rating => valueMicros >= LikedFromMicros ? 1f : 0f,
        EventTypes.Dismiss => -1f,
        _ => 0f,
    };

    /// <summary>Counts as bought for filters and features: a purchase, or a rating of something the user liked.</summary>
    public static bool IsPurchase(string type, long valueMicros) =>
        type == EventTypes.Purchase || (type == EventTypes.Rating && valueMicros >= LikedFromMicros);
}
