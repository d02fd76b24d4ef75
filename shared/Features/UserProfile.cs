using Splitrail.Contracts;
using Splitrail.Models;

namespace Splitrail.Features;

/// <summary>What the features need of a shopper, worked out once per request: history by the model's positions, tastes, ages.</summary>
public sealed class UserProfile
{
    internal static readonly float LogNever = MathF.Log(1 + ShopFeatures.NeverDays);

    private readonly Dictionary<int, HistoryItem> _past;
    private readonly Dictionary<int, float> _categories = [];

    /// <param name="items">The model's items.</param>
    /// <param name="statistics">Of the same model.</param>
    /// <param name="context">The user's context; empty for a guest.</param>
    /// <param name="sessionItems">Oldest first.</param>
    /// <param name="nowMs">The request's time.</param>
    public UserProfile(ItemIndex items, ItemStatistics statistics, UserContext context, IReadOnlyList<string> sessionItems, long nowMs)
    {
        NowMs = nowMs;
        LogEvents = MathF.Log(1 + context.EventCount + sessionItems.Count);
        LogSessionItems = MathF.Log(1 + sessionItems.Count);
        LogDaysSinceLastEvent = sessionItems.Count > 0 ? 0f : context.LastEventMs is { } last ? ShopFeatures.LogDays(nowMs, last) : LogNever;
        _past = new Dictionary<int, HistoryItem>(context.History.Count);
        var (total, priced, prices) = (0f, 0, 0f);
        for (var i = sessionItems.Count - 1; i >= 0; i--)
            Like(items.Find(sessionItems[i]), 1f);
        foreach (var past in context.History)
        {
            var item = items.Find(past.ItemId);
            if (item >= 0)
                _past[item] = past;
            Like(item, Math.Clamp(past.Weight, 0f, 1f));
        }

        Total = total;
        MeanLogPrice = context.MeanLogPrice is { } mean ? (float)mean : priced > 0 ? prices / priced : float.NaN;

        void Like(int item, float strength)
        {
            if (item < 0 || strength <= 0)
                return;
            if (!float.IsNaN(statistics.LogPrice[item]))
                (priced, prices) = (priced + 1, prices + statistics.LogPrice[item]);
            var category = statistics.Category[item];
            if (category < 0)
                return;
            if (total == 0)
                LastCategory = category;
            total += strength;
            _categories[category] = _categories.GetValueOrDefault(category) + strength;
        }
    }

    public long NowMs { get; }

    internal float LogEvents { get; }

    internal float LogDaysSinceLastEvent { get; }

    internal float LogSessionItems { get; }

    /// <summary>Mean ln(price) of what was bought, or else of what was liked; NaN when neither is known.</summary>
    internal float MeanLogPrice { get; }

    /// <summary>Category of the newest liked item, -1 when none is known.</summary>
    internal int LastCategory { get; private set; } = -1;

    private float Total { get; }

    internal HistoryItem? Past(int item) => _past.GetValueOrDefault(item);

    /// <summary>Share of a category in what was liked, 0..1.</summary>
    internal float ShareOf(int category) => Total > 0 ? _categories.GetValueOrDefault(category) / Total : 0f;
}
