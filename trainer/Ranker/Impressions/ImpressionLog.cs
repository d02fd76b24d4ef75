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

    /// <summary>Lists whose features are of another set, from before an upgrade: nothing can be learnt from them either.</summary>
    public int OfOtherSet { get; private set; }

    /// <summary>Items of <see cref="Lists"/> that something came of.</summary>
    public int Taken { get; private set; }

    /// <summary>Outcomes of requests or items that nobody logged, or later than a day.</summary>
    public int Unjoined { get; private set; }

    /// <summary>What was read, in a line.</summary>
    public string Summary =>
        $"impressions: {Lists.Count:n0} lists with features, {Taken:n0} of their items taken; left out: {WithoutFeatures:n0} lists without features, {OfOtherSet:n0} of another feature set, {Unjoined:n0} outcomes of no list";

    /// <summary>By time.</summary>
    public IReadOnlyList<ServedList> Lists { get; private set; } = [];

    /// <exception cref="InputException">The file is missing, or a line is not what it should be; the message says which.</exception>
    public static ImpressionLog Read(string path)
    {
        if (!File.Exists(path))
            throw new InputException($"--impressions {path}: there is no such file");
        return Of(File.ReadLines(path), path);
    }

    /// <param name="lines">Of the log.</param>
    /// <param name="source">Where they come from, for messages.</param>
    /// <exception cref="InputException">A line is not what it should be; the message says which.</exception>
    public static ImpressionLog Of(IEnumerable<string> lines, string source)
    {
        var log = new ImpressionLog();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length > 0)
                log.Take(line, $"{source} line {number}");
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
        if (served.FeatureSet is { } set && set != ShopFeatures.Set.Name)
        {
            OfOtherSet++;
            return;
        }

        // A pinned item was no candidate of the ranker: the others of its list teach all the same.
        var known = served with { Items = [.. served.Items.Where(static item => item.Features is not null)] };
        if (known.Items.Count == 0)
            WithoutFeatures++;
        else
            _served.TryAdd(served.RequestId, known);
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
        if (string.IsNullOrEmpty(served.RequestId) || served.Shopper is null)
            return "a served list needs request_id, and user_id or session_id (or unit)";
        if (served.Items is not { Count: > 0 })
            return "a served list needs items";
        var isOurs = served.FeatureSet is null || served.FeatureSet == ShopFeatures.Set.Name;
        foreach (var item in served.Items)
        {
            if (string.IsNullOrEmpty(item.ItemId) || item.Position is < 1 or > 1000)
                return $"item '{item.ItemId}' at position {item.Position}: give an item_id, and a position of 1 to 1,000";
            if (item.Examination is { } look && look is not (> 0 and <= 1))
                return $"examination of item '{item.ItemId}' is {look}: give a probability above 0";
            if (isOurs && item.Features is { } features && (features.Length != ShopFeatures.Set.Width || !features.All(float.IsFinite)))
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
            return new ServedList(SplitMix64.Hash(served.Shopper!), served.TimestampMs, served.TimestampMs + WindowMs, items);
        })];
        Taken = joined;
        Unjoined = _outcomes.Count - joined;
    }

    private bool IsTaken(LoggedList served, string item) =>
        _outcomes.TryGetValue((served.RequestId, item), out var at) && at >= served.TimestampMs && at <= served.TimestampMs + WindowMs;
}
