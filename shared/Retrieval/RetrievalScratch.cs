using System.Numerics.Tensors;
using Splitrail.Models;

namespace Splitrail.Retrieval;

/// <summary>What one request works on: every model's scores of all items, and the pool of proposed candidates. Reused between requests.</summary>
public sealed class RetrievalScratch
{
    private readonly RetrievalModel _model;
    private readonly AlsHalfStep _foldIn;
    private readonly AlsWorkspace _work;
    private readonly float[] _user;
    private readonly uint[] _mask;
    private readonly int[] _selection;
    private uint _source;

    internal RetrievalScratch(RetrievalModel model, AlsHalfStep foldIn, float[] popularity)
    {
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
        Pool = new List<int>(1024);
    }

    /// <summary>Scores per item; all 0 without a history.</summary>
    public float[] Als { get; }

    public float[] Ease { get; }

    public float[] ItemKnn { get; }

    /// <summary>The same for every request.</summary>
    public float[] Popularity { get; }

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

    internal uint MaskOf(int item) => _mask[item];

    internal void BeginSource(int source) => _source = 1u << source;

    /// <summary>Scores every item by every model for the history.</summary>
    internal void Score(RetrievalQuery query)
    {
        foreach (var item in Pool)
            _mask[item] = 0;
        Pool.Clear();
        Array.Clear(Als);
        Array.Clear(Ease);
        Array.Clear(ItemKnn);
        if (query.Items.Length == 0)
            return;
        for (var h = 0; h < query.Items.Length; h++)
        {
            _model.ItemKnn.AddRow(query.Items[h], query.Strengths[h], ItemKnn);
            _model.Ease?.AddRow(query.Items[h], query.Strengths[h], Ease);
        }

        if (_model.Ease is null)
            ItemKnn.CopyTo(Ease, 0);
        ScoreAls(query);
    }

    private void ScoreAls(RetrievalQuery query)
    {
        _foldIn.Solve(query.Items, query.Strengths, _work, _user);
        var k = _user.Length;
        var rows = _model.Als.ItemFactors;
        for (var item = 0; item < Als.Length; item++)
            Als[item] = TensorPrimitives.Dot(rows.AsSpan(item * k, k), _user);
    }
}
