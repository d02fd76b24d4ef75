using System.Text.Json;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Randomness;

namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>
/// Reads what was served and what came of it, one JSON object a line, and joins both by request and item: {"served": …} and {"outcome": …} as in
/// docs/data.md. Features are those that were served, so nothing known only later can slip in.
/// </summary>
internal sealed class ImpressionLog
{
    /// <summary>Outcomes count for so long, as in experiments.</summary>
    private const long WindowMs = 24L * 3600 * 1000;

    private readonly Dictionary<string, LoggedList> _served = new(StringComparer.Ordinal);
    private readonly Dictionary<(string RequestId, string ItemId), long> _outcomes = [];

    private ImpressionLog()
    {
    }

    /// <summary>Lists without features: nothing can be learnt from them.</summary>
    public int WithoutFeatures { get; private set; }

    /// <summary>Outcomes of requests or items that nobody logged, or later than a day.</summary>
    public int Unjoined { get; private set; }

    /// <summary>By time.</summary>
    public IReadOnlyList<ServedList> Lists { get; private set; } = [];

    /// <exception cref="InputException">The file is missing, or a line is not what it should be; the message says which.</exception>
    public static ImpressionLog Read(string path)
    {
        if (!File.Exists(path))
            throw new InputException($"--impressions {path}: there is no such file");
        var log = new ImpressionLog();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length > 0)
                log.Take(line, $"{path} line {number}");
        }

        log.Join();
        return log;
    }

    private void Take(string line, string where)
    {
        LogLine? read;
        try
        {
            read = JsonSerializer.Deserialize(line, ImpressionJson.Default.LogLine);
        }
        catch (JsonException broken)
        {
            throw new InputException($"{where}: {broken.Message}", broken);
        }

        if (read is { Served: { } served })
            Take(served, where);
        else if (read is { Outcome: { } outcome })
            Take(outcome, where);
        else
            throw new InputException($"{where}: neither \"served\" nor \"outcome\"");
    }

    private void Take(LoggedList served, string where)
    {
        if (FaultOf(served) is { } fault)
            throw new InputException($"{where}: {fault}");
        if (served.Items.Any(static item => item.Features is null))
            WithoutFeatures++;
        else
            _served.TryAdd(served.RequestId, served);
    }

    private void Take(LoggedOutcome outcome, string where)
    {
        if (string.IsNullOrEmpty(outcome.RequestId) || string.IsNullOrEmpty(outcome.ItemId))
            throw new InputException($"{where}: an outcome needs request_id and item_id");
        if (EventWeights.Of(outcome.Type, outcome.ValueMicros) <= 0)
            return;
        var key = (outcome.RequestId, outcome.ItemId);
        _outcomes[key] = Math.Min(outcome.TimestampMs, _outcomes.GetValueOrDefault(key, long.MaxValue));
    }

    private static string? FaultOf(LoggedList served)
    {
        if (string.IsNullOrEmpty(served.RequestId) || (served.UserId ?? served.SessionId) is null)
            return "a served list needs request_id, and user_id or session_id";
        if (served.Items is not { Count: > 0 })
            return "a served list needs items";
        if (served.FeatureSet is { } set && set != ShopFeatures.Set.Name)
            return $"feature_set is '{served.FeatureSet}', this build computes '{ShopFeatures.Set.Name}'";
        foreach (var item in served.Items)
        {
            if (string.IsNullOrEmpty(item.ItemId) || item.Position is < 1 or > 1000)
                return $"item '{item.ItemId}' at position {item.Position}: give an item_id, and a position of 1 to 1,000";
            if (item.Examination is { } look && look is not (> 0 and <= 1))
                return $"examination of item '{item.ItemId}' is {look}: give a probability above 0";
            if (item.Features is { } features && (features.Length != ShopFeatures.Set.Width || !features.All(float.IsFinite)))
                return $"item '{item.ItemId}' has {features.Length} features: '{ShopFeatures.Set.Name}' has {ShopFeatures.Set.Width}, all finite";
        }

        return null;
    }

    private void Join()
    {
        var joined = 0;
        Lists = [.. _served.Values.OrderBy(static served => served.TimestampMs).ThenBy(static served => served.RequestId, StringComparer.Ordinal).Select(served =>
        {
            var items = served.Items.Select(item => new ServedItem(item.Features!, item.Position, IsTaken(served, item.ItemId), item.Examination)).ToArray();
            joined += served.Items.Select(static item => item.ItemId).Distinct().Count(item => IsTaken(served, item));
            return new ServedList(SplitMix64.Hash(served.UserId ?? served.SessionId!), served.TimestampMs, served.TimestampMs + WindowMs, items);
        })];
        Unjoined = _outcomes.Count - joined;
    }

    private bool IsTaken(LoggedList served, string item) =>
        _outcomes.TryGetValue((served.RequestId, item), out var at) && at >= served.TimestampMs && at <= served.TimestampMs + WindowMs;
}
