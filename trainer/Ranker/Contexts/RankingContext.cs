using Splitrail.Contracts;

namespace Splitrail.Trainer.Ranker.Contexts;

/// <summary>A moment at which somebody could have been recommended to, and what was wanted after it.</summary>
/// <param name="Unit">Hash of the shopper.</param>
/// <param name="User">What was known then; empty for a stranger.</param>
/// <param name="SessionItems">What the request would have carried, oldest first.</param>
/// <param name="NowMs">The moment.</param>
/// <param name="Wanted">Ids of the items interacted with afterwards.</param>
internal sealed record RankingContext(ulong Unit, UserContext User, IReadOnlyList<string> SessionItems, long NowMs, IReadOnlySet<string> Wanted)
{
    /// <summary>Nothing at all is known.</summary>
    public bool IsStranger => User.EventCount == 0 && SessionItems.Count == 0;
}
