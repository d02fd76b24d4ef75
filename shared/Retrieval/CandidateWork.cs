using Splitrail.Contracts;
using Splitrail.Retrieval.Bayesian;

namespace Splitrail.Retrieval;

/// <summary>What one request needs to find its candidates, rented from <see cref="CandidateGenerator.Rent"/> and given back by disposing it.</summary>
public sealed class CandidateWork : IDisposable
{
    private readonly CandidateGenerator _generator;
    private readonly RetrievalScratch _scratch;
    private readonly QueryBuffer _query;
    private readonly CandidateAssembly _assembly = new();
    private readonly CandidateBuffer _found = new();

    internal CandidateWork(CandidateGenerator generator)
    {
        _generator = generator;
        _scratch = generator.NewScratch();
        _query = new QueryBuffer(generator.Model);
    }

    /// <summary>Items that may be offered: the caller sets it before <see cref="Query"/>.</summary>
    public ItemBitmap Allowed => _query.Allowed;

    /// <inheritdoc cref="RetrievalQuery.Create"/>
    public RetrievalQuery Query(UserContext context, IReadOnlyList<string> sessionItems, long nowMs, int excludeBoughtDays, long? seed = null) =>
        _query.Fill(context, sessionItems, nowMs, excludeBoughtDays, seed);

    /// <summary>Predicts ratings of what <see cref="Generate"/> found; null for a model that predicts none.</summary>
    public RatingWork? Ratings => _scratch.Ratings;

    /// <summary>At most <paramref name="count"/> candidates, best first; good until the next call.</summary>
    public CandidateBuffer Generate(RetrievalQuery query, Mix mix, int count)
    {
        _generator.Generate(_scratch, _assembly, query, mix, count, _found);
        return _found;
    }

    public void Dispose() => _generator.Return(this);

    /// <summary>Every model's scores of all items.</summary>
    internal void Score(RetrievalQuery query, Action<RetrievalScratch> use)
    {
        _scratch.Begin(query);
        _scratch.ScoreAll();
        use(_scratch);
    }
}
