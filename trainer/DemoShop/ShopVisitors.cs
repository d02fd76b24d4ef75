using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Splitrail.Contracts;

namespace Splitrail.Trainer.DemoShop;

/// <summary>Sends visitors through the gateway, some at a time, and counts what they see and do beside the product's own counting.</summary>
internal sealed class ShopVisitors(HttpClient http, DemoPopulation population, DemoShopOptions shop, ulong seed, string experiment)
{
    private const int AtATime = 8;
    private const int Items = 10;

    private readonly ConcurrentDictionary<string, ArmTally> _arms = new(StringComparer.Ordinal);
    private int _level0;

    public IReadOnlyDictionary<string, ArmTally> Arms => _arms;

    public int FullAnswers => _level0;

    public Task SendAsync(int from, int to, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(from, to - from),
        new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
        async (number, token) => await VisitAsync(ShopVisit.Of(population, shop, number, seed), token));

    private async Task VisitAsync(ShopVisit visit, CancellationToken cancellationToken)
    {
        var ask = new JsonObject { ["session_id"] = visit.Session, ["num_items"] = Items, ["session_items"] = Of(visit.Opened.Select(static item => (JsonNode?)item)) };
        if (visit.UserId is { } user)
            ask["user_id"] = user;
        var answer = await PostAsync("/v1/recommendations", ask, cancellationToken);
        var requestId = answer.GetProperty("request_id").GetString()!;
        string[] shown = [.. answer.GetProperty("recommendations").EnumerateArray().Select(static item => item.GetProperty("item_id").GetString()!)];
        var done = visit.ReactTo(shown);
        await PostAsync("/v1/events", new JsonObject { ["events"] = Of(done.Select((one, i) => (JsonNode?)Event(visit, requestId, one, i))) }, cancellationToken);
        if (answer.GetProperty("fallback_level").GetInt32() == 0)
            Interlocked.Increment(ref _level0);
        if (ArmOf(answer) is { } arm)
            _arms.GetOrAdd(arm, static _ => new ArmTally()).Add(shown.Length, done.Count(static one => one.Type == EventTypes.Click));
    }

    private string? ArmOf(JsonElement answer) => answer.GetProperty("experiments").EnumerateArray()
        .Where(one => one.GetProperty("id").GetString() == experiment).Select(static one => one.GetProperty("arm").GetString()).FirstOrDefault();

    private static JsonObject Event(ShopVisit visit, string requestId, (string Type, string ItemId, decimal Price) one, int number)
    {
        var sent = new JsonObject { ["event_id"] = $"{visit.Session}-{number}", ["type"] = one.Type, ["session_id"] = visit.Session, ["item_id"] = one.ItemId, ["request_id"] = requestId };
        if (visit.UserId is { } user)
            sent["user_id"] = user;
        if (one.Type == EventTypes.Purchase)
            sent["value"] = one.Price;
        return sent;
    }

    private static JsonArray Of(IEnumerable<JsonNode?> nodes) => [.. nodes];

    private async Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(path, body, cancellationToken);
        var text = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}

/// <summary>What an arm's visitors were shown and clicked.</summary>
internal sealed class ArmTally
{
    private long _visitors;
    private long _shown;
    private long _clicked;

    public long Visitors => _visitors;

    public double ClickThrough => _shown == 0 ? 0 : (double)_clicked / _shown;

    public void Add(int shown, int clicked)
    {
        Interlocked.Increment(ref _visitors);
        Interlocked.Add(ref _shown, shown);
        Interlocked.Add(ref _clicked, clicked);
    }
}
