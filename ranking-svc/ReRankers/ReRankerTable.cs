using Splitrail.Policies;

namespace Splitrail.RankingSvc.ReRankers;

/// <summary>The re-rankers by name, and which of them a request gets.</summary>
internal sealed class ReRankerTable
{
    private readonly PolicyTable<IReRanker> _table;
    private readonly RankingMetrics _metrics;

    public ReRankerTable(RankingMetrics metrics)
    {
        _metrics = metrics;
        _table = new("re-ranker", ReRankerNames.All.Select(IReRanker (name) => name switch
        {
            ReRankerNames.Mmr => new MmrReRanker(),
            ReRankerNames.CategoryCaps => new CategoryCapsReRanker(),
            ReRankerNames.Freshness => new FreshnessReRanker(),
            ReRankerNames.PriceBand => new PriceBandReRanker(),
            ReRankerNames.Exploration => new ExplorationReRanker(metrics),
            _ => throw new InvalidOperationException($"The re-ranker '{name}' is published, but nothing implements it."),
        }));
    }

    /// <summary>Applies what the request asks for, one after the other.</summary>
    /// <param name="names">Joined by <see cref="ReRankerNames.And"/>; null or empty for none.</param>
    /// <param name="slate">In order.</param>
    /// <param name="about">The request and the model.</param>
    public void Apply(string? names, Slate slate, in ReRankCase about)
    {
        if (string.IsNullOrEmpty(names))
            return;
        if (!names.Contains(ReRankerNames.And))
        {
            ApplyOne(names, slate, about);
            return;
        }

        foreach (var name in names.Split(ReRankerNames.And))
            ApplyOne(name, slate, about);
    }

    private void ApplyOne(string name, Slate slate, in ReRankCase about)
    {
        if (_table.Find(name) is { } reRanker)
        {
            reRanker.ReRank(slate, about);
            _metrics.ReRanked(name);
            return;
        }

        // An arm may name one that this replica does not have yet, in the middle of a rolling upgrade.
        _metrics.Fallback("unknown_re_ranker");
    }
}
