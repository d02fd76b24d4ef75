using Splitrail.Contracts;
using Splitrail.Policies;
using Splitrail.RankingSvc.Serving;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>A named way to score candidates.</summary>
internal interface IRanker : INamedPolicy
{
    /// <summary>Scores every offer.</summary>
    /// <param name="state">The model.</param>
    /// <param name="request">The request.</param>
    /// <param name="offers">At least one.</param>
    /// <param name="scores">[offers], to be written; higher is better.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    /// <returns>False when the offers' own order stays, whatever the scores say.</returns>
    ValueTask<bool> ScoreAsync(ServingState state, RankRequest request, List<Offer> offers, Memory<float> scores, CancellationToken cancellationToken);
}
