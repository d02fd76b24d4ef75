using Splitrail.Policies;

namespace Splitrail.Retrieval;

/// <summary>A named way to propose candidates. Stateless: all it works on is in the scratch of the request.</summary>
public interface ICandidateSource : INamedPolicy
{
    /// <summary>Proposes at most <paramref name="quota"/> allowed items through <see cref="RetrievalScratch.Propose"/>.</summary>
    void Propose(RetrievalScratch scratch, RetrievalQuery query, int quota);
}
