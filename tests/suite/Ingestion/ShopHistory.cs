using System.Text.Json;
using System.Text.Json.Nodes;
using Splitrail.Contracts;

namespace Splitrail.Tests.Suite.Ingestion;

/// <summary>
/// What a shop's people saw and did, as the broker delivers it: guests who log in, people with two arms, bots, shared sessions, purchases long after a click, an id used twice, and every kind of bad event.
/// </summary>
internal sealed class ShopHistory
{
    public const string Experiment = "order";

    private const string ExposuresRoute = "/events/exposures";
    private const string OutcomesRoute = "/events/outcomes";
    private const long Start = 1_760_000_000_000;
    private const long Hour = 3_600_000;

    private static readonly string?[] s_devices = ["mobile", "Desktop", "toaster", null];

    private readonly Random _random;
    private readonly List<BrokerMessage> _messages = [];
    private int _ids;

    private ShopHistory(int seed) => _random = new Random(seed);

    /// <param name="seed">Of everything.</param>
    /// <param name="events">At least so many exposures and events.</param>
    public static IReadOnlyList<BrokerMessage> Of(int seed, int events)
    {
        var history = new ShopHistory(seed);
        for (var person = 0; history._messages.Count < events; person++)
            history.AddPerson(person);
        history.AddBadEvents();
        return history._messages;
    }

    /// <summary>Each message so many times, in random order.</summary>
    public static BrokerMessage[] Disturbed(IReadOnlyList<BrokerMessage> messages, int times, int seed)
    {
        BrokerMessage[] all = [.. Enumerable.Repeat(messages, times).SelectMany(static same => same)];
        new Random(seed).Shuffle(all);
        return all;
    }

    private void AddPerson(int number)
    {
        var user = number % 50 == 0 ? $"bot-{number}" : $"user-{number}";
        var session = $"session-{number}";
        var arm = _random.Next(2) == 0 ? "a" : "b";
        var at = Start + _random.NextInt64(48 * Hour);
        var isGuest = number % 3 == 0;
        if (_random.Next(2) == 0)
            AddVisit(user, session, at - (30 * Hour));
        Expose(arm, isGuest ? session : user, isGuest, at, null);
        var request = AddVisit(isGuest ? null : user, session, at + _random.NextInt64(Hour));
        if (isGuest && number % 2 == 0)
        {
            Expose(arm, session, isGuest: true, at + (2 * Hour), user);
            AddVisit(user, session, at + (2 * Hour) + 1);
        }

        if (number % 9 == 0)
            Expose(arm == "a" ? "b" : "a", isGuest && number % 2 == 1 ? session : user, isGuest && number % 2 == 1, at + (3 * Hour), null);
        if (number % 7 == 0)
            AddEvent(EventTypes.Purchase, user, $"session-{number / 2}", "i1", at + (5 * Hour), request, 4);
    }

    private string AddVisit(string? user, string session, long at)
    {
        var request = $"r{_ids++}";
        for (var i = 0; i < 4; i++)
        {
            var item = $"i{_random.Next(12)}";
            AddEvent(EventTypes.Impression, user, session, item, at, request);
            if (_random.Next(3) > 0)
                continue;
            AddEvent(EventTypes.Click, user, session, item, at + 1000, request);
            if (_random.Next(2) == 0)
                AddEvent(EventTypes.AddToCart, user, session, item, at + 2000, request);
            if (_random.Next(2) == 0)
                AddEvent(EventTypes.Purchase, user, session, item, at + 3000 + _random.NextInt64(40 * Hour), null, 1 + _random.Next(90));
        }

        return request;
    }

    private void AddBadEvents()
    {
        var good = new ShopEvent("twice", EventTypes.Purchase, "user-1", null, "i1", Start + (60 * Hour), 1, 3_000_000);
        Add(OutcomesRoute, Batch(Json(good)));
        Add(OutcomesRoute, Batch(Json(good with { ValueMicros = 99_000_000 })));
        Add(OutcomesRoute, Batch(Json(good with { EventId = "negative", ValueMicros = -5 })));
        Add(OutcomesRoute, Batch(With(good, "nan", "value_micros", "NaN"), Json(good with { EventId = "beside-nan", UserId = "user-2" })));
        Add(OutcomesRoute, Batch(Json(good with { EventId = "future", TimestampMs = 32_503_680_000_000 })));
        Add(OutcomesRoute, Batch(Json(good with { EventId = "large", ItemId = new string('x', 1 << 20) })));
        Add(OutcomesRoute, Batch(Json(good with { EventId = "stranger", UserId = "nobody-knows" })));
        Add(ExposuresRoute, new JsonObject { ["exposures"] = new JsonArray(Json(Of("x1", "nope", "a", "user-1"))) });
        Add(ExposuresRoute, new JsonObject { ["exposures"] = new JsonArray(Json(Of("x2", Experiment, "z", "user-1"))) });
    }

    private void Expose(string arm, string unit, bool isGuest, long at, string? linked) => Add(ExposuresRoute, new JsonObject
    {
        ["exposures"] = new JsonArray(Json(Of($"x{_ids++}", Experiment, arm, unit) with
        {
            UnitKind = isGuest ? UnitKinds.Session : UnitKinds.User,
            TimestampMs = at,
            LinkedUser = linked,
            FallbackLevel = _random.Next(20) == 0 ? _random.Next(1, 5) : 0,
            LatencyMs = _random.Next(400),
            Context = _random.Next(4) == 0 ? null : new ExposureContext(s_devices[_random.Next(s_devices.Length)], _random.Next(2) == 0 ? "home" : null, _random.Next(2) == 0 ? "de" : "Mars"),
            Epoch = at > Start + (20 * Hour) ? 2 : 1,
        })),
    });

    private void AddEvent(string type, string? user, string session, string item, long at, string? request, int price = 0) =>
        Add(OutcomesRoute, Batch(Json(new ShopEvent($"e{_ids++}", type, user, session, item, at, 1, price * 1_000_000L, request))));

    private void Add(string route, JsonNode message) => _messages.Add(new BrokerMessage($"m{_messages.Count}", route, message.ToJsonString()));

    private static Exposure Of(string id, string experiment, string arm, string unit) => new(id, experiment, arm, unit, UnitKinds.User, "request", 1, 1, 0.5, Start);

    private static JsonObject Batch(params JsonNode?[] events) => new() { ["events"] = new JsonArray(events) };

    private static JsonNode Json(ShopEvent one) => JsonSerializer.SerializeToNode(one, ContractsJson.Default.ShopEvent)!;

    private static JsonNode? Json(Exposure one) => JsonSerializer.SerializeToNode(new ExposureBatch([one]), ContractsJson.Default.ExposureBatch)!["exposures"]![0]!.DeepClone();

    private static JsonNode With(ShopEvent one, string id, string member, string value)
    {
        var json = Json(one with { EventId = id });
        json[member] = value;
        return json;
    }
}

/// <param name="Id">Of the CloudEvent.</param>
/// <param name="Route">Where it is delivered.</param>
/// <param name="Data">JSON.</param>
internal sealed record BrokerMessage(string Id, string Route, string Data);
