using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Aggregates;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>How the answers of one message were, by experiment, arm and epoch: nearly all its exposures are known already, its answers never are.</summary>
/// <param name="Id">The same whenever these exposures are delivered together.</param>
/// <param name="Cells">What they add.</param>
/// <param name="Latencies">How long they took, in milliseconds.</param>
/// <param name="Minutes">The same answers by the minute they were given in, each once whatever its experiments.</param>
internal sealed record AnswerTally(
    string Id, IReadOnlyDictionary<(string Experiment, string Arm, long Epoch), AnswerCounts> Cells, IReadOnlyDictionary<(string Experiment, string Arm, long Epoch), ExactHistogram> Latencies,
    IReadOnlyDictionary<long, AnswerCounts> Minutes)
{
    /// <summary>The budget of a recommendation's p99.</summary>
    public const int SlowMs = 100;

    private const int NothingLevel = 4;
    private const long MinuteMs = 60_000;

    /// <returns>Null when nothing is said of any answer.</returns>
    public static AnswerTally? Of(IEnumerable<Exposure> exposures, ExclusionRules exclusions)
    {
        Dictionary<(string, string, long), AnswerCounts> cells = [];
        Dictionary<(string, string, long), Dictionary<int, long>> latencies = [];
        Dictionary<long, AnswerCounts> minutes = [];
        HashSet<string> requests = new(StringComparer.Ordinal);
        var id = new System.Text.StringBuilder();
        foreach (var exposure in exposures)
        {
            id.Append(exposure.ExposureId).Append(' ');
            if (exposure is not { FallbackLevel: { } level, LatencyMs: { } latency } || exclusions.Excludes(exposure.Unit))
                continue;
            var key = (exposure.Experiment, exposure.Arm, (long)exposure.Epoch);
            var answer = new AnswerCounts(1, level > 0 ? 1 : 0, level >= NothingLevel ? 1 : 0, latency > SlowMs ? 1 : 0);
            cells[key] = cells.GetValueOrDefault(key) + answer;
            if (!latencies.TryGetValue(key, out var counts))
                latencies.Add(key, counts = []);
            counts[ExactHistogram.BucketOf(latency)] = counts.GetValueOrDefault(ExactHistogram.BucketOf(latency)) + 1;
            var minute = exposure.TimestampMs / MinuteMs;
            if (requests.Add(exposure.RequestId))
                minutes[minute] = minutes.GetValueOrDefault(minute) + answer;
        }

        // '#' is in no id of an event.
        return cells.Count == 0
            ? null
            : new AnswerTally($"#answers-{DeletedUnits.HashOf(id.ToString())}", cells, latencies.ToDictionary(static one => one.Key, static one => ExactHistogram.Of(one.Value)!), minutes);
    }
}

/// <param name="Answers">All.</param>
/// <param name="Fallbacks">Of these below level 0.</param>
/// <param name="Empty">With nothing in them.</param>
/// <param name="Slow">Slower than <see cref="AnswerTally.SlowMs"/>.</param>
public readonly record struct AnswerCounts(long Answers, long Fallbacks, long Empty, long Slow)
{
    public static AnswerCounts operator +(AnswerCounts one, AnswerCounts other) =>
        new(one.Answers + other.Answers, one.Fallbacks + other.Fallbacks, one.Empty + other.Empty, one.Slow + other.Slow);

    /// <summary>Sums of a number that is 1 for some answers and 0 for the others.</summary>
    internal ExactSums SumsOf(long ones) => new(Answers, (Int128)ones * QuantityCounts.One, (Int128)ones * QuantityCounts.One * QuantityCounts.One, (System.Numerics.BigInteger)ones * QuantityCounts.One * QuantityCounts.One * QuantityCounts.One);
}
