using System.Collections.Concurrent;
using Splitrail.Models;
using Splitrail.Policies;
using Splitrail.Retrieval.Bayesian;
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
    private readonly ItemOrders _orders;
    private readonly IVectorIndex? _content;
    private readonly float _popularityUnit;
    private readonly RatingPredictor? _ratings;

    // No ConcurrentBag: it keeps its items by thread, and what a thread keeps refers back to this, so that no model that was swapped out would ever be freed.
    private readonly ConcurrentQueue<CandidateWork> _pool = [];

    /// <param name="model">What candidates are made from.</param>
    /// <param name="sources">Null for the built-in ones.</param>
    /// <param name="als">Index over the model's factors; null makes one.</param>
    public CandidateGenerator(RetrievalModel model, PolicyTable<ICandidateSource>? sources = null, IVectorIndex? als = null)
    {
        _als = als ?? AlsIndex.Build(model.Als, new VectorIndexOptions());
        Model = model;
        _sources = sources ?? CandidateSources.Table;
        // Short rows without end: a server always wants the table that makes short histories cheap.
        _foldIn = new AlsHalfStep(model.Als.ItemFactors, model.Als.Factors, model.Als.Regularisation, model.Als.Alpha, long.MaxValue / 1024, model.Als.FrequencyScaling);
        _popularity = PopularityScores.Of(model.Statistics);
        _orders = new ItemOrders(model.Statistics, _popularity);
        // Exact at any size: words are few dimensions, and what is new has to be found at once.
        _content = model.Content is { } content ? VectorIndexes.Build(FloatRows.From(content.ItemVectors, content.Width), new VectorIndexOptions(VectorIndexes.Exact)) : null;
        _ratings = model.Bayesian is { } bayesian ? new RatingPredictor(bayesian, model.Items.Count) : null;
        // A model of a handful of items has no tenth neighbour; popularity then only breaks ties.
        _popularityUnit = MathF.Max(PopularityUnit.Of(model), 1e-6f);
    }

    public RetrievalModel Model { get; }

    /// <summary>Popularity per item: <see cref="PopularityScores"/>.</summary>
    public ReadOnlySpan<float> Popularity => _popularity;

    /// <summary>At most <paramref name="count"/> candidates, best first.</summary>
    public CandidateSet Generate(RetrievalQuery query, Mix mix, int count)
    {
        using var work = Rent();
        return work.Generate(query, mix, count).ToSet();
    }

    /// <summary>All that a request works on, to be given back by disposing it: nothing is allocated but the query.</summary>
    public CandidateWork Rent() => _pool.TryDequeue(out var work) ? work : new CandidateWork(this);

    internal void Return(CandidateWork work) => _pool.Enqueue(work);

    internal RetrievalScratch NewScratch() => new(Model, _foldIn, _als, _content, _popularity, _orders, _ratings is null ? null : new RatingWork(_ratings));

    internal void Generate(RetrievalScratch scratch, CandidateAssembly assembly, RetrievalQuery query, Mix mix, int count, CandidateBuffer into)
    {
        scratch.Begin(query);
        for (var s = 0; s < mix.Quotas.Count; s++)
        {
            scratch.BeginSource(s);
            _sources.Get(mix.Quotas[s].Source).Propose(scratch, query, mix.QuotaFor(s, count));
        }

        FillUp(scratch, query, mix, count);
        var blend = mix.BlendFor(query.Items.Count);
        scratch.ScorePool(query, withContent: blend.Content != 0);
        assembly.Assemble(scratch, blend with { Popularity = blend.Popularity * _popularityUnit }, count, into);
    }

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
                scratch.FillWithPopular(query, count);
                return;
            }
    }

    /// <summary>Every model's scores of all items, for evaluation: the caller reads them inside <paramref name="use"/>.</summary>
    public void Score(RetrievalQuery query, Action<RetrievalScratch> use)
    {
        using var work = Rent();
        work.Score(query, use);
    }
}
