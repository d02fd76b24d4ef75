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
        return new("ranker", RankerNames.All.Select(IRanker (name) => name switch
        {
            RankerNames.Default or RankerNames.Onnx => new OnnxRanker(name, none, metrics, time),
            RankerNames.None => none,
            _ => throw new InvalidOperationException($"The ranker '{name}' is published, but nothing implements it."),
        }));
    }
}
