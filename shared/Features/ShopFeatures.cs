using Splitrail.Models;
using Splitrail.Retrieval;

namespace Splitrail.Features;

/// <summary>
/// Feature set <c>shop-v1</c>: retrieval's signals, the item's popularity and trend, price against the shopper's own, what the shopper had to do
/// with the item and its category. One code for training and serving. Counts, days and ranks enter as ln(1 + x); what is unknown enters as 0.
/// </summary>
public sealed class ShopFeatures
{
    /// <summary>Days that stand for "never".</summary>
    public const float NeverDays = 999f;

    private readonly ItemStatistics _statistics;
    private readonly float[] _popularity;

    /// <summary>Works out what depends on the item alone, once.</summary>
    public ShopFeatures(ItemStatistics statistics)
    {
        _statistics = statistics;
        var popularity = PopularityScores.Of(statistics);
        _popularity = new float[statistics.Count * PopularityFeatures.Width];
        for (var item = 0; item < statistics.Count; item++)
            PopularityFeatures.Write(statistics, popularity, item, _popularity.AsSpan(item * PopularityFeatures.Width, PopularityFeatures.Width));
    }

    public static FeatureSet Set { get; } = new("shop-v1",
    [
        "als", "ease", "item_knn", "log_als_rank", "log_ease_rank",
        .. PopularityFeatures.Names,
        "log_days_since_first_event", "log_price", "log_price_minus_users_mean",
        "log_users_events", "log_days_since_users_last_event", "log_session_items",
        "log_days_since_bought", "log_times_bought", "interest", "log_days_since_seen",
        "category_share", "in_last_category",
    ]);

    /// <summary>Position of a feature that is 0 for a shopper of whom nothing is known, and above 0 for every other.</summary>
    public static int KnownFeature { get; } = PositionOf("log_users_events");

    /// <summary>Position of the item's <see cref="PopularityScores"/>.</summary>
    public static int PopularityFeature { get; } = PositionOf("popularity");

    /// <summary>The item's <see cref="PopularityScores"/>; 0 for an item that the model does not know.</summary>
    public float PopularityOf(int item) => item < 0 ? 0f : _popularity[(item * PopularityFeatures.Width) + PopularityFeatures.Width - 1];

    /// <summary>Writes one candidate's row. Allocates nothing.</summary>
    /// <param name="user">The shopper at the request's time.</param>
    /// <param name="item">Position in the model, -1 for an item it does not know.</param>
    /// <param name="logPrice">ln(price) as of now; NaN when unknown.</param>
    /// <param name="signals">Retrieval's.</param>
    /// <param name="row">[Set.Width].</param>
    public void Write(UserProfile user, int item, float logPrice, in CandidateSignals signals, Span<float> row)
    {
        row[0] = signals.Als;
        row[1] = signals.Ease;
        row[2] = signals.ItemKnn;
        row[3] = MathF.Log(1 + signals.AlsRank);
        row[4] = MathF.Log(1 + signals.EaseRank);
        var at = 5;
        if (item < 0)
            row.Slice(at, PopularityFeatures.Width).Clear();
        else
            _popularity.AsSpan(item * PopularityFeatures.Width, PopularityFeatures.Width).CopyTo(row[at..]);
        at += PopularityFeatures.Width;
        row[at++] = item < 0 ? 0f : LogDays(user.NowMs, _statistics.FirstEventMs[item]);
        row[at++] = float.IsNaN(logPrice) ? 0f : logPrice;
        row[at++] = float.IsNaN(logPrice) || float.IsNaN(user.MeanLogPrice) ? 0f : logPrice - user.MeanLogPrice;
        row[at++] = user.LogEvents;
        row[at++] = user.LogDaysSinceLastEvent;
        row[at++] = user.LogSessionItems;
        WriteOwn(user, item, row[at..]);
    }

    /// <summary>ln(1 + days) from <paramref name="thenMs"/> to <paramref name="nowMs"/>; what lies ahead counts as now.</summary>
    internal static float LogDays(long nowMs, long thenMs) =>
        thenMs >= nowMs ? 0f : MathF.Log(1 + MathF.Min(NeverDays, (float)((nowMs - thenMs) / (double)TimeSpan.MillisecondsPerDay)));

    private static int PositionOf(string feature) => Set.Features.Index().First(pair => pair.Item == feature).Index;

    private void WriteOwn(UserProfile user, int item, Span<float> row)
    {
        var past = item < 0 ? null : user.Past(item);
        row[0] = past?.LastBoughtMs is { } bought ? LogDays(user.NowMs, bought) : UserProfile.LogNever;
        row[1] = past is null ? 0f : MathF.Log(1 + past.Bought);
        row[2] = past is null ? 0f : MathF.CopySign(MathF.Log(1 + MathF.Abs(past.Weight)), past.Weight);
        row[3] = past is null ? UserProfile.LogNever : LogDays(user.NowMs, past.LastMs);
        var category = item < 0 ? -1 : _statistics.Category[item];
        row[4] = category < 0 ? 0f : user.ShareOf(category);
        row[5] = category >= 0 && category == user.LastCategory ? 1f : 0f;
    }
}
