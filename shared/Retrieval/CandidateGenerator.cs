using System.Collections.Concurrent;
using Splitrail.Models;
using Splitrail.Policies;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.Retrieval;

/// <summary>
/// Makes candidates from one model. Thread-safe: scratch is pooled, one per concurrent request. The ranker is trained on what this makes and
/// serving calls the same, so that the two cannot drift apart.
/// </summary>
public sealed class CandidateGenerator
{
    private readonly PolicyTable<ICandidateSource> _sources;
    private readonly AlsHalfStep _foldIn;
    private readonly IVectorIndex _als;
    private readonly float[] _popularity;
    private readonly float _popularityUnit;
    private readonly ConcurrentBag<RetrievalScratch> _pool = [];

    /// <param name="model">What candidates are made from.</param>
    /// <param name="sources">Null for the built-in ones.</param>
    /// <param name="als">Index over the model's factors; null makes one.</param>
    public CandidateGenerator(RetrievalModel model, PolicyTable<ICandidateSource>? sources = null, IVectorIndex? als = null)
    {
        _als = als ?? AlsIndex.Build(model.Als, new VectorIndexOptions());
        Model = model;
        _sources = sources ?? CandidateSources.Table;
        // Short rows without end: a server always wants the table that makes short histories cheap.
        _foldIn = new AlsHalfStep(model.Als.ItemFactors, model.Als.Factors, model.Als.Regularisation, model.Als.Alpha, long.MaxValue / 1024);
        _popularity = PopularityScores.Of(model.Statistics);
        // A model of a handful of items has no tenth neighbour; popularity then only breaks ties.
        _popularityUnit = MathF.Max(PopularityUnit.Of(model), 1e-6f);
    }

    public RetrievalModel Model { get; }

    /// <summary>Popularity per item: <see cref="PopularityScores"/>.</summary>
    public ReadOnlySpan<float> Popularity => _popularity;

    /// <summary>At most <paramref name="count"/> candidates, best first.</summary>
    public CandidateSet Generate(RetrievalQuery query, Mix mix, int count)
    {
        if (!_pool.TryTake(out var scratch))
            scratch = NewScratch();
        scratch.Begin(query);
        for (var s = 0; s < mix.Quotas.Count; s++)
        {
            scratch.BeginSource(s);
            _sources.Get(mix.Quotas[s].Source).Propose(scratch, query, mix.Quotas[s].Quota);
        }

        FillUp(scratch, query, mix, count);
        scratch.ScorePool();
        var blend = mix.BlendFor(query.Items.Length);
        var set = CandidateAssembly.Assemble(scratch, blend with { Popularity = blend.Popularity * _popularityUnit }, count);
        _pool.Add(scratch);
        return set;
    }

    private RetrievalScratch NewScratch() => new(Model, _foldIn, _als, _popularity);

    /// <summary>
    /// What is still missing is filled with what is popular when the mix has that source: strangers
    /// and narrow filters get as many candidates as everybody.
    /// </summary>
    private static void FillUp(RetrievalScratch scratch, RetrievalQuery query, Mix mix, int count)
    {
        if (scratch.Pool.Count >= count)
            return;
        for (var s = 0; s < mix.Quotas.Count; s++)
            if (mix.Quotas[s].Source == CandidateSources.Popular)
            {
                scratch.BeginSource(s);
                scratch.ProposeBest(scratch.Popularity, query, count);
                return;
            }
    }

    /// <summary>Every model's scores of all items, for evaluation: the caller reads them inside <paramref name="use"/>.</summary>
    public void Score(RetrievalQuery query, Action<RetrievalScratch> use)
    {
        if (!_pool.TryTake(out var scratch))
            scratch = NewScratch();
        scratch.Begin(query);
        scratch.ScoreAll();
        use(scratch);
        _pool.Add(scratch);
    }
}
