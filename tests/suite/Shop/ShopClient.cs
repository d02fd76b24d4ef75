using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>What a storefront does, over HTTP.</summary>
internal sealed class ShopClient(Uri gateway) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(60) };

    public async Task<Answer> RecommendAsync(object body)
    {
        using var response = await _http.PostAsJsonAsync("/v1/recommendations", body);
        return await Answer.ReadAsync(response);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(path));
        return document.RootElement.Clone();
    }

    public async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(path, body);
        return response.StatusCode;
    }

    public async Task<IReadOnlyList<string>> UsersAsync(int count)
    {
        var answer = await GetAsync($"/users?limit={count}");
        return [.. answer.GetProperty("users").EnumerateArray().Select(static user => user.GetString()!)];
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>One recommendation, as far as tests look at it.</summary>
internal sealed record Answer(HttpStatusCode Status, int Level, IReadOnlyList<string> Items, JsonElement Body)
{
    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            return new Answer(response.StatusCode, -1, [], default);
        using var document = JsonDocument.Parse(text);
        var body = document.RootElement.Clone();
        return new Answer(
            response.StatusCode,
            body.GetProperty("fallback_level").GetInt32(),
            [.. body.GetProperty("recommendations").EnumerateArray().Select(static item => item.GetProperty("item_id").GetString()!)],
            body);
    }
}
