namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>A list as it was shown, with the features it was ranked by and what came of it.</summary>
/// <param name="Unit">Hash of the shopper.</param>
/// <param name="MomentMs">When it was served.</param>
/// <param name="UntilMs">Outcomes up to then count.</param>
/// <param name="Items">In any order.</param>
internal sealed record ServedList(ulong Unit, long MomentMs, long UntilMs, IReadOnlyList<ServedItem> Items);

/// <param name="Features">As they were served.</param>
/// <param name="Position">1 is first.</param>
/// <param name="Taken">Clicked, or whatever the outcome was.</param>
/// <param name="Examination">Probability that somebody looked at it, when it was logged.</param>
internal readonly record struct ServedItem(float[] Features, int Position, bool Taken, double? Examination = null);
