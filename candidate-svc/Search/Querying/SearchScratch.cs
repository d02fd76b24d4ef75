using Splitrail.CandidateSvc.Search.Columns;
using Splitrail.CandidateSvc.Search.Spelling;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Search.Querying;

/// <summary>What one query works on, reused by one thread at a time; it grows with the catalogue and is never cleared: a query knows its own marks.</summary>
internal sealed class SearchScratch
{
    private const int MarksPerRound = 64;

    private int[] _touched = [];
    private ulong[] _mask = [];
    private readonly ItemBitmap[] _allowed = [new(0), new(0)];
    private int _round;

    public QueryWords Words { get; } = new();

    public QueryPlan Plan { get; } = new();

    public SpellingScratch Spelling { get; } = new();

    public BestFew Completions { get; } = new();

    public BestFew Respellings { get; } = new();

    public BestFew Best { get; } = new();

    public VectorScratch Vectors { get; } = new();

    public float[] Centre { get; } = new float[FloatRows.MaxWidth];

    public Neighbour[] Neighbours { get; } = new Neighbour[4 * RelatedItems.Most];

    public List<Hit> Hits { get; } = new(128);

    /// <summary>By position; of this query when its mark is not below <see cref="FirstMark"/>.</summary>
    public ScoreCell[] Cells { get; private set; } = [];

    /// <summary>Marks of this round's slots are this and up.</summary>
    public int FirstMark => _round * MarksPerRound;

    /// <summary>Items with any of the words.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, TouchedCount);

    public int TouchedCount { get; private set; }

    /// <summary>The most slots that any item fills, whether the filters on category and price allow it or not.</summary>
    public int MostFilled { get; set; }

    /// <summary>Shown, and in stock when asked; not what the request excludes.</summary>
    public ulong[] Shown { get; private set; } = [];

    public ulong[] InCategory { get; private set; } = [];

    public ulong[] InPrice { get; private set; } = [];

    public int[] CategoryCounts { get; private set; } = [];

    public int[] BandCounts { get; } = new int[PriceBands.Count];

    public void Begin(SearchView view)
    {
        var words = ItemColumns.WordsFor(view.Count);
        if (Cells.Length < view.Count)
        {
            // Some more, so that a growing catalogue does not mean new arrays for each of its versions.
            var room = view.Count + (view.Count / 8) + 1024;
            (Cells, _touched, _round) = (new ScoreCell[room], new int[room], 0);
            (Shown, InCategory) = (new ulong[ItemColumns.WordsFor(room)], new ulong[ItemColumns.WordsFor(room)]);
            (InPrice, _mask) = (new ulong[ItemColumns.WordsFor(room)], new ulong[ItemColumns.WordsFor(room)]);
        }

        if (CategoryCounts.Length < view.Columns.Names.Count)
            CategoryCounts = new int[view.Columns.Names.Count + 64];
        Array.Clear(CategoryCounts);
        Array.Clear(BandCounts);
        Array.Clear(Shown, 0, words);
        Hits.Clear();
        BeginRound();
    }

    /// <summary>Forgets all scores.</summary>
    public void BeginRound()
    {
        (TouchedCount, MostFilled) = (0, 0);
        if (++_round <= int.MaxValue / MarksPerRound - 1)
            return;
        Array.Clear(Cells);
        _round = 1;
    }

    public void Touch(int at) => _touched[TouchedCount++] = at;

    /// <summary>The allowed ones of a segment's items, in a bitmap that the next call changes.</summary>
    /// <param name="from">The segment's first position.</param>
    /// <param name="count">Its items.</param>
    public ItemBitmap AllowedOf(int from, int count)
    {
        // One for each segment: the other's has another length.
        ref var allowed = ref _allowed[from == 0 ? 0 : 1];
        if (allowed.Count != count)
            allowed = new ItemBitmap(count);
        var (first, words) = (from / 64, ItemColumns.WordsFor(count));
        for (var w = 0; w < words; w++)
            _mask[w] = Shown[first + w] & InCategory[first + w] & InPrice[first + w];
        allowed.Load(_mask.AsSpan(0, words));
        return allowed;
    }

    public bool IsAllowed(int at) => IsIn(Shown, at) && IsIn(InCategory, at) && IsIn(InPrice, at);

    public static bool IsIn(ulong[] mask, int at) => (mask[at >> 6] >> (at & 63) & 1) != 0;
}

/// <summary>An item's score so far.</summary>
internal struct ScoreCell
{
    /// <summary>Of the slot that was filled last.</summary>
    public int Mark;

    /// <summary>Needed slots filled.</summary>
    public int Filled;

    /// <summary>Of the slot that was filled last.</summary>
    public float Slot;

    public float Total;
}

/// <param name="At">Position in the view.</param>
/// <param name="Score">Higher is better.</param>
/// <param name="Match">One of <see cref="Contracts.SearchMatches"/>.</param>
internal readonly record struct Hit(int At, float Score, string Match);
