using Splitrail.Contracts;
using Splitrail.RankingSvc.Rankers;

namespace Splitrail.RankingSvc.Shadows;

/// <summary>A request that was answered, to be scored again by the models in the shadow.</summary>
/// <param name="Served">The model that answered.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Offers">With positions in the model that answered.</param>
/// <param name="Scores">[Offers], its scores.</param>
internal sealed record ShadowJob(string Served, RankRequest Request, List<Offer> Offers, float[] Scores);
