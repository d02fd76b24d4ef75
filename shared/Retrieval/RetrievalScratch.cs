using System.Runtime.InteropServices;
using Splitrail.Models;
using Splitrail.Retrieval.Bayesian;
using Splitrail.Retrieval.Content;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval;

/// <summary>What one request works on: every model's scores of all items, and the pool of proposed candidates. Reused between requests.</summary>
public sealed class RetrievalScratch
{
    private readonly RetrievalModel _model;
    private readonly AlsHalfStep _foldIn;
    private readonly IVectorIndex _als;
    private readonly VectorScratch _search = new();
    private readonly AlsWorkspace _work;
    private readonly float[] _user;
    private readonly uint[] _mask;
    private readonly int[] _selection;
    private Neighbour[] _neighbours = [];
    private bool _hasFactors;
    private bool _allScored;
    private uint _source;

    private readonly ContentScratch? _content;

    internal RetrievalScratch(RetrievalModel model, AlsHalfStep foldIn, IVectorIndex als, IVectorIndex? content, float[] popularity, ItemOrders orders, RatingWork? ratings)
    {
        Ratings = ratings;
        Orders = orders;
        _content = content is null ? null : new ContentScratch(model.Content!, content);
        _als = als;
        _model = model;
        _foldIn = foldIn;
        Popularity = popularity;
        _work = new AlsWorkspace(foldIn.Factors);
        _user = new float[foldIn.Factors];
        var count = model.Items.Count;
        _mask = new uint[count];
        _selection = new int[count];
        Als = new float[count];
        Ease = new float[count];
        ItemKnn = new float[count];
        Content = new float[count];
        Pool = new List<int>(1024);
    }

    /// <summary>
    /// Scores per item, 0 without a history: of the items in the pool once all sources have proposed, of all items in
    /// <see cref="CandidateGenerator.Score"/>. Sources that want the best by it ask <see cref="ProposeByFactors"/>.
    /// </summary>
    public float[] Als { get; }

    /// <summary>Scores per item; all 0 without a history.</summary>
    public float[] Ease { get; }

    public float[] ItemKnn { get; }

    /// <summary>The same for every request.</summary>
    public float[] Popularity { get; }

    /// <summary>Cosine with the history's words: of the items in the pool, where the mix weighs it.</summary>
    public float[] Content { get; }

    public ItemOrders Orders { get; }

    /// <summary>Null for a model that predicts no ratings.</summary>
    public RatingWork? Ratings { get; }

    public ItemStatistics Statistics => _model.Statistics;

    /// <summary>Proposed items, distinct, in order of proposal.</summary>
    internal List<int> Pool { get; }

    /// <summary>Proposes an item for the current source. It must be allowed by the query.</summary>
    public void Propose(int item)
    {
        if (_mask[item] == 0)
            Pool.Add(item);
        _mask[item] |= _source;
    }

    /// <summary>Proposes the best allowed items by <paramref name="scores"/>, only those above <paramref name="above"/>.</summary>
    public void ProposeBest(ReadOnlySpan<float> scores, RetrievalQuery query, int quota, float above = float.NegativeInfinity)
    {
        var found = TopSelection.Select(scores, query.Allowed, _selection.AsSpan(0, Math.Min(quota, scores.Length)), above);
        foreach (var item in _selection.AsSpan(0, found))
            Propose(item);
    }

    /// <summary>Proposes the first allowed items of an order.</summary>
    public void ProposeInOrder(ReadOnlySpan<int> order, RetrievalQuery query, int quota)
    {
        var left = quota;
        for (var rank = 0; rank < order.Length && left > 0; rank++)
        {
            if (!query.Allowed[order[rank]])
                continue;
            Propose(order[rank]);
            left--;
        }
    }

    /// <summary>Proposes the allowed items whose words are nearest to the history's; nothing without words or a history.</summary>
    public void ProposeByContent(RetrievalQuery query, int quota, bool onlyUnsold)
    {
        if (_content is null)
            return;
        foreach (var near in _content.Nearest(query, onlyUnsold ? Orders.Unsold : null, quota))
            if (near.Score > 0)
                Propose(near.Row);
    }

    /// <summary>Proposes popular items until the pool has so many, as far as there are some.</summary>
    internal void FillWithPopular(RetrievalQuery query, int count)
    {
        for (var rank = 0; rank < Orders.Popular.Length && Pool.Count < count; rank++)
            if (query.Allowed[Orders.Popular[rank]])
                Propose(Orders.Popular[rank]);
    }

    /// <summary>Proposes the allowed items of the largest products with the history's factors, only those above 0; nothing without a history.</summary>
    public void ProposeByFactors(RetrievalQuery query, int quota)
    {
        if (!_hasFactors || quota < 1)
            return;
        if (_neighbours.Length < quota)
            _neighbours = new Neighbour[quota];
        var found = _als.Search(_user, query.Allowed, _neighbours.AsSpan(0, quota), _search);
        foreach (var neighbour in _neighbours.AsSpan(0, found))
        {
            if (!(neighbour.Score > 0))
                continue;
            Propose(neighbour.Row);
            Als[neighbour.Row] = neighbour.Score;
        }
    }

    internal uint MaskOf(int item) => _mask[item];

    internal void BeginSource(int source) => _source = 1u << source;

    /// <summary>Scores every item by item-to-item weights and folds the history into factors.</summary>
    internal void Begin(RetrievalQuery query)
    {
        foreach (var item in Pool)
            (_mask[item], Als[item], Content[item]) = (0, 0f, 0f);
        if (_allScored)
        {
            Array.Clear(Als);
            Array.Clear(Content);
        }

        _content?.Begin();
        Ratings?.Begin(query);
        Pool.Clear();
        Array.Clear(Ease);
        Array.Clear(ItemKnn);
        (_allScored, _hasFactors) = (false, query.Items.Count > 0);
        if (!_hasFactors)
            return;
        for (var h = 0; h < query.Items.Count; h++)
            _model.ItemKnn.AddRow(query.Items[h], query.Strengths[h], ItemKnn);
        if (_model.Ease is { } ease)
            ease.AddRows(query.Items, query.Strengths, Ease);
        else
            ItemKnn.CopyTo(Ease, 0);
        _foldIn.Solve(query.Items, query.Strengths, _work, _user);
        _search.Take(_user);
    }

    /// <summary>Scores the proposed items by factors: what the blend looks at.</summary>
    internal void ScorePool(RetrievalQuery query, bool withContent)
    {
        if (!_hasFactors)
            return;
        if (withContent)
            _content?.Score(query, CollectionsMarshal.AsSpan(Pool), Content);
        const int Ahead = 6;
        var pool = CollectionsMarshal.AsSpan(Pool);
        for (var c = 0; c < pool.Length; c++)
        {
            if (c + Ahead < pool.Length && Als[pool[c + Ahead]] == 0f)
                _als.Rows.Prefetch(pool[c + Ahead]);
            // The search has scored what it found.
            if (Als[pool[c]] == 0f)
                Als[pool[c]] = _search.Score(_als.Rows, pool[c]);
        }
    }

    /// <summary>Scores every item by factors.</summary>
    internal void ScoreAll()
    {
        _allScored = _hasFactors;
        for (var item = 0; _hasFactors && item < Als.Length; item++)
            Als[item] = _search.Score(_als.Rows, item);
    }
}
