using System.Runtime.InteropServices;
using Splitrail.Contracts;
using Splitrail.RankingSvc.Rankers;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>
/// A request's offers while they are put in order. What is known of an offer lies at its place in <see cref="Offers"/>; <see cref="Order"/> holds those places, best first. Its memory is used
/// again by the next request (<see cref="SlatePool"/>).
/// </summary>
internal sealed class Slate
{
    /// <summary>Category of an offer of which none is known.</summary>
    public const int NoCategory = -1;

    private static readonly List<Offer> s_none = [];

    private readonly Dictionary<string, int> _categoryNumbers = new(StringComparer.Ordinal);
    private float[] _shown = [];
    private float[] _scores = [];
    private float[] _spare = [];
    private int[] _order = [];
    private int[] _categories = [];
    private ulong[] _keys = [];
    private bool _categoriesRead;

    public List<Offer> Offers { get; private set; } = s_none;

    public int Count => Offers.Count;

    /// <summary>How many of the best are wanted, at most <see cref="Count"/>.</summary>
    public int Wanted { get; private set; }

    /// <summary>What the ranker said, by place; shown with the item whatever re-rankers and rules make of the order.</summary>
    public Memory<float> Shown => _shown.AsMemory(0, Count);

    /// <summary>What the order goes by, by place.</summary>
    public Span<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>Places, best first.</summary>
    public Span<int> Order => _order.AsSpan(0, Count);

    /// <summary>Room for a number per place, of no meaning until written.</summary>
    public Span<float> Spare => _spare.AsSpan(0, Count);

    /// <summary>Number of the category by place; <see cref="NoCategory"/> when there is none.</summary>
    public ReadOnlySpan<int> Categories => (_categoriesRead ? _categories : ReadCategories()).AsSpan(0, Count);

    /// <summary>Places that were drawn for their rank, with the chance of that.</summary>
    public Dictionary<int, float> Drawn { get; } = [];

    /// <summary>Numbers in <see cref="Categories"/> are below this.</summary>
    public int CategoryCount => _categoryNumbers.Count;

    /// <summary>Lets go of the request, so that nothing of it is kept alive.</summary>
    public void Clear() => Fill(s_none, 0);

    public void Fill(List<Offer> offers, int wanted)
    {
        Offers = offers;
        Wanted = Math.Min(wanted, offers.Count);
        _categoriesRead = false;
        _categoryNumbers.Clear();
        Drawn.Clear();
        if (_order.Length >= offers.Count)
            return;
        var room = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)offers.Count);
        (_shown, _scores, _spare) = (new float[room], new float[room], new float[room]);
        (_order, _categories, _keys) = (new int[room], new int[room], new ulong[room]);
    }

    /// <summary>Takes what the ranker said as what the order goes by.</summary>
    /// <param name="ordered">False when the offers' own order stays: then a score counts no more than those before it.</param>
    public void TakeShown(bool ordered)
    {
        Shown.Span.CopyTo(Scores);
        var scores = Scores;
        for (var place = 1; place < scores.Length && !ordered; place++)
            scores[place] = Math.Min(scores[place], scores[place - 1]);
        Sort();
    }

    /// <summary>Orders by <see cref="Scores"/>, best first; among equals the offers' own order stays.</summary>
    public void Sort()
    {
        var keys = _keys.AsSpan(0, Count);
        var scores = Scores;
        var order = Order;
        for (var place = 0; place < keys.Length; place++)
            keys[place] = ((ulong)~Rising(scores[place]) << 32) | (uint)place;
        keys.Sort();
        for (var rank = 0; rank < keys.Length; rank++)
            order[rank] = (int)(uint)keys[rank];
    }

    /// <summary>Makes a score so many times better: of one below 0 that means nearer to 0.</summary>
    public void Lift(int place, float factor)
    {
        ref var score = ref _scores[place];
        score = score >= 0 ? score * factor : score / factor;
    }

    /// <summary>Moves what stands at one rank up or down to another; those between make room.</summary>
    public void Move(int from, int to)
    {
        var order = Order;
        var place = order[from];
        if (to < from)
            order[to..from].CopyTo(order[(to + 1)..]);
        else
            order[(from + 1)..(to + 1)].CopyTo(order[from..]);
        order[to] = place;
    }

    /// <summary>Puts some places behind all others; both keep their order.</summary>
    public void SendBack(Predicate<int> isMeant, Action<int> told)
    {
        var order = Order;
        var (kept, sent) = (0, 0);
        var back = _keys.AsSpan(0, Count);
        foreach (var place in order)
        {
            if (isMeant(place))
                back[sent++] = (ulong)place;
            else
                order[kept++] = place;
        }

        for (var i = 0; i < sent; i++)
        {
            order[kept + i] = (int)back[i];
            told(order[kept + i]);
        }
    }

    /// <summary>The wanted items in their order; of candidates that came twice the better one.</summary>
    public ScoredItem[] Best()
    {
        var best = new ScoredItem[Wanted];
        var found = 0;
        for (var rank = 0; rank < Count && found < best.Length; rank++)
        {
            if (IsFirst(rank))
                best[found++] = new ScoredItem(Offers[_order[rank]].ItemId, _shown[_order[rank]]);
        }

        return found == best.Length ? best : best[..found];
    }

    /// <summary>What is shown with an item; 0 for one that is no offer.</summary>
    public float ShownOf(string itemId)
    {
        var place = Offers.FindIndex(offer => offer.ItemId == itemId);
        return place < 0 ? 0f : _shown[place];
    }

    /// <summary>Place of the best offer of an item; -1 for one that is no offer.</summary>
    public int PlaceOf(string itemId)
    {
        // What is asked for stands near the front.
        foreach (var place in Order)
        {
            if (Offers[place].ItemId == itemId)
                return place;
        }

        return -1;
    }

    /// <summary>A number that rises with the float, so that ranks sort without a comparer.</summary>
    private static uint Rising(float score)
    {
        var bits = BitConverter.SingleToUInt32Bits(score);
        return (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
    }

    /// <summary>An item has one catalogue entry, however often it was proposed.</summary>
    private bool IsFirst(int rank)
    {
        var item = Offers[_order[rank]].Item;
        for (var before = 0; before < rank; before++)
        {
            if (ReferenceEquals(Offers[_order[before]].Item, item))
                return false;
        }

        return true;
    }

    private int[] ReadCategories()
    {
        var offers = CollectionsMarshal.AsSpan(Offers);
        for (var place = 0; place < offers.Length; place++)
            _categories[place] = NumberOf(offers[place].Item.Category);
        _categoriesRead = true;
        return _categories;
    }

    private int NumberOf(string category)
    {
        if (category.Length == 0)
            return NoCategory;
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_categoryNumbers, category, out var known);
        return known ? number : number = _categoryNumbers.Count - 1;
    }
}
