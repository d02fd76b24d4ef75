using Splitrail.Policies;

namespace Splitrail.RankingSvc.Rankers;

/// <summary>The rankers by name, and which of them a request gets.</summary>
internal sealed class RankerTable(RankingMetrics metrics, TimeProvider time)
{
    private readonly PolicyTable<IRanker> _table = Create(metrics, time);

    public IRanker For(string? name)
    {
        if (_table.Find(name ?? RankerNames.Default) is { } ranker)
            return ranker;
        // An arm may name a ranker that this replica does not have yet, in the middle of a rolling upgrade.
        metrics.Fallback("unknown_ranker");
        return _table.Get(RankerNames.Default);
    }

    private static PolicyTable<IRanker> Create(RankingMetrics metrics, TimeProvider time)
    {
        var none = new CandidateOrderRanker();
        return new("ranker", [new OnnxRanker(RankerNames.Default, none, metrics, time), new OnnxRanker(RankerNames.Onnx, none, metrics, time), none]);
    }
}
