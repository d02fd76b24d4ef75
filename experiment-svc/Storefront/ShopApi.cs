using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>The gateway's public API, as pages use it: through the sidecar, each call with a limit of its own, and every failure in words.</summary>
internal sealed class ShopApi(DaprClient dapr, StorefrontOptions options)
{
    private const string Away = "The shop does not answer just now.";

    public Task<Asked<ShopList>> RecommendAsync(ShopRequest request, CancellationToken cancellationToken) =>
        PostAsync(PublicPaths.Recommendations, request, StorefrontJson.Default.ShopRequest, StorefrontJson.Default.ShopList, null, cancellationToken);

    /// <summary>Nothing is counted. Null parameters are the shop without experiments.</summary>
    public Task<Asked<ShopPreview>> PreviewAsync(ShopRequest request, ArmParameters? parameters, CancellationToken cancellationToken) =>
        PostAsync(
            PublicPaths.Preview, new ShopPreviewRequest(request, parameters), StorefrontJson.Default.ShopPreviewRequest, StorefrontJson.Default.ShopPreview,
            (PublicPaths.PreviewKeyHeader, options.PreviewKey ?? ""), cancellationToken);

    public Task<Asked<ShopList>> SimilarAsync(string itemId, int count, CancellationToken cancellationToken) =>
        GetAsync($"{PublicPaths.Items}/{Escaped(itemId)}/similar?num_items={Text(count)}", StorefrontJson.Default.ShopList, cancellationToken);

    public Task<Asked<ShopList>> PopularAsync(string? category, int count, CancellationToken cancellationToken) =>
        GetAsync($"{PublicPaths.Popular}?num_items={Text(count)}{Also("category", category)}", StorefrontJson.Default.ShopList, cancellationToken);

    /// <param name="words">Not blank.</param>
    /// <param name="category">Only there; null for everywhere.</param>
    /// <param name="shopper">Whose taste orders what matches, and how many are wanted.</param>
    /// <param name="facets">Whether to count categories.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    public Task<Asked<ShopList>> SearchAsync(string words, string? category, ShopRequest shopper, bool facets, CancellationToken cancellationToken)
    {
        var items = shopper.SessionItems is { Count: > 0 } some ? string.Join(',', some) : null;
        return GetAsync(
            $"{PublicPaths.Search}?q={Escaped(words)}&num_items={Text(shopper.NumItems)}{Also("category", category)}{Also("user_id", shopper.UserId)}{Also("session_id", shopper.SessionId)}"
            + $"{Also("session_items", items)}{(facets ? "&facets=true" : "")}",
            StorefrontJson.Default.ShopList, cancellationToken);
    }

    /// <summary>What is offered of these; nothing is asked for none.</summary>
    public async Task<Asked<OfferedItems>> ItemsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        string[] wanted = [.. ids.Distinct(StringComparer.Ordinal)];
        return wanted.Length == 0
            ? new Asked<OfferedItems>(new OfferedItems([]))
            : await GetAsync($"{PublicPaths.Items}?ids={Escaped(string.Join(',', wanted))}", StorefrontJson.Default.OfferedItems, cancellationToken);
    }

    public Task<Asked<KnownUsers>> UsersAsync(int count, CancellationToken cancellationToken) =>
        GetAsync($"{PublicPaths.Users}?limit={Text(count)}", StorefrontJson.Default.KnownUsers, cancellationToken);

    public Task<Asked<SentEvents>> SendAsync(SentEvent[] events, CancellationToken cancellationToken) =>
        PostAsync(PublicPaths.Events, events, StorefrontJson.Default.SentEventArray, StorefrontJson.Default.SentEvents, null, cancellationToken);

    private async Task<Asked<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = Limit(cancellationToken);
        return Told(await dapr.GetFromApiAsync(AppIds.Gateway, path, type, limit.Token));
    }

    private async Task<Asked<TAnswer>> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, (string Name, string Value)? header, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var limit = Limit(cancellationToken);
        return Told(await dapr.PostToApiAsync(AppIds.Gateway, path, body, bodyType, answerType, header, limit.Token));
    }

    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ShopTimeout);
        return limit;
    }

    private static Asked<T> Told<T>(DaprResult<T> result)
        where T : class =>
        result.TryGetValue(out var value, out var fault) ? new Asked<T>(value)
        : fault.Kind == DaprFaultKind.AppError ? new Asked<T>(null, WordsOf(fault.Text) ?? Away, (int?)fault.Status)
        : new Asked<T>(null, Away);

    private static string? WordsOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, StorefrontJson.Default.ShopRefusal) is { } told ? told.Detail ?? told.Title : null;
        }
        catch (JsonException)
        {
            // A page of a proxy between us: its words are for nobody.
            return null;
        }
    }

    private static string Also(string name, string? value) => value is null ? "" : $"&{name}={Escaped(value)}";

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
