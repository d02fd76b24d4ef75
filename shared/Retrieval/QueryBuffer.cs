using Splitrail.Contracts;
using Splitrail.Models;

namespace Splitrail.Retrieval;

/// <summary>Room in which requests become queries, one at a time; a query is good until the next one.</summary>
public sealed class QueryBuffer(RetrievalModel model)
{
    /// <summary>The newest so many items of a history count: the rest of a session of thousands says nothing new and would cost its caller's time.</summary>
    public const int MaxItems = 1000;

    /// <summary>The newest so many ratings are folded in.</summary>
    public const int MaxRatings = 200;

    private readonly int[] _rated = new int[MaxRatings];
    private readonly float[] _stars = new float[MaxRatings];
    private readonly ItemBitmap _seen = new(model.Items.Count);
    private int[] _items = new int[64];
    private float[] _strengths = new float[64];
    private long[] _timesMs = new long[64];
    private int _count;
    private int _ratings;

    /// <summary>Items that may be offered; the caller sets it before <see cref="Fill"/>, which takes away what the history excludes.</summary>
    public ItemBitmap Allowed { get; } = new(model.Items.Count);

    /// <inheritdoc cref="RetrievalQuery.Create"/>
    public RetrievalQuery Fill(UserContext context, IReadOnlyList<string> sessionItems, long nowMs, int excludeBoughtDays, long? seed = null)
    {
        foreach (var item in _items.AsSpan(0, _count))
            _seen[item] = false;
        (_count, _ratings) = (0, 0);
        for (var i = sessionItems.Count - 1; i >= 0; i--)
        {
            var item = model.Items.Find(sessionItems[i]);
            if (item < 0)
                continue;
            Allowed[item] = false;
            Add(item, InteractionStrength.OfSessionItem, nowMs);
        }

        AddPast(context, nowMs, excludeBoughtDays);
        return new RetrievalQuery
        {
            Items = new ArraySegment<int>(_items, 0, _count),
            Strengths = new ArraySegment<float>(_strengths, 0, _count),
            TimesMs = new ArraySegment<long>(_timesMs, 0, _count),
            Allowed = Allowed,
            NowMs = nowMs,
            Rated = new ArraySegment<int>(_rated, 0, _ratings),
            Stars = new ArraySegment<float>(_stars, 0, _ratings),
            Seed = (ulong)(seed ?? nowMs),
        };
    }

    private void AddPast(UserContext context, long nowMs, int excludeBoughtDays)
    {
        var boughtSince = nowMs - excludeBoughtDays * 86_400_000L;
        for (var h = 0; h < context.History.Count; h++)
        {
            var past = context.History[h];
            var item = model.Items.Find(past.ItemId);
            if (item < 0)
                continue;
            if (past.Weight < 0 || !model.Statistics.Repeats || (excludeBoughtDays > 0 && past.LastBoughtMs >= boughtSince))
                Allowed[item] = false;
            if (past.Rating is { } stars && float.IsFinite(stars) && _ratings < MaxRatings)
                (_rated[_ratings], _stars[_ratings++]) = (item, stars);
            if (past.Weight > 0)
                Add(item, InteractionStrength.Of(past.Weight), past.LastMs);
        }
    }

    private void Add(int item, float strength, long timeMs)
    {
        if (_count == MaxItems || _seen[item])
            return;
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, _count * 2);
            Array.Resize(ref _strengths, _count * 2);
            Array.Resize(ref _timesMs, _count * 2);
        }

        _seen[item] = true;
        (_items[_count], _strengths[_count], _timesMs[_count]) = (item, strength, timeMs);
        _count++;
    }
}
