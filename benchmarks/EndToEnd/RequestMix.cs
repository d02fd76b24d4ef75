using System.Text;
using System.Text.Json;

namespace Splitrail.Benchmarks.EndToEnd;

/// <summary>
/// The traffic: like a shop's, most of it from users nobody knows. 60 % guests with one to five session items, 10 % guests with nothing,
/// 25 % known users, 5 % user ids never seen.
/// </summary>
internal sealed class RequestMix
{
    public const string Path = "/v1/recommendations";
    private const int Distinct = 20_000;
    private readonly byte[][] _bodies;

    private RequestMix(byte[][] bodies) => _bodies = bodies;

    public byte[] this[int n] => _bodies[(n & int.MaxValue) % _bodies.Length];

    public static async Task<RequestMix> CreateAsync(Uri gateway, ulong seed, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        var users = await ReadAsync(http, "/users?limit=1000", "users", static user => user.GetString()!, cancellationToken);
        var items = await ReadAsync(http, "/v1/popular?num_items=100", "items", static item => item.GetProperty("item_id").GetString()!, cancellationToken);
        var random = new Random((int)(seed & int.MaxValue));
        var bodies = new byte[Distinct][];
        for (var i = 0; i < bodies.Length; i++)
            bodies[i] = Encoding.UTF8.GetBytes(Body(random, i, users, items));
        return new RequestMix(bodies);
    }

    private static string Body(Random random, int i, IReadOnlyList<string> users, IReadOnlyList<string> items) => random.NextDouble() switch
    {
        < 0.60 => $$"""{"session_id":"s{{i}}","session_items":[{{SessionItems(random, items)}}],"num_items":10}""",
        < 0.70 => $$"""{"session_id":"s{{i}}","num_items":10}""",
        < 0.95 => $$"""{"user_id":{{JsonSerializer.Serialize(users[random.Next(users.Count)])}},"num_items":10}""",
        _ => $$"""{"user_id":"never-seen-{{i}}","num_items":10}""",
    };

    private static string SessionItems(Random random, IReadOnlyList<string> items) => string.Join(
        ",", Enumerable.Range(0, 1 + random.Next(5)).Select(_ => JsonSerializer.Serialize(items[random.Next(items.Count)])).Distinct());

    private static async Task<IReadOnlyList<string>> ReadAsync(
        HttpClient http, string path, string member, Func<JsonElement, string> read, CancellationToken cancellationToken)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken));
        return [.. answer.RootElement.GetProperty(member).EnumerateArray().Select(read)];
    }
}
