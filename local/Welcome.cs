using System.Globalization;
using System.Text;
using System.Text.Json;
using Splitrail.Contracts;

namespace Splitrail.Local;

/// <summary>What ./run prints once it is up: addresses, and three requests that work because their ids are taken from the shop itself.</summary>
internal static class Welcome
{
    private const int Attempts = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<string> WriteAsync(
        SuiteLayout layout, SuiteOptions options, HttpClient http, TimeSpan took, CancellationToken cancellationToken)
    {
        var gateway = layout.Gateway.ToString().TrimEnd('/');
        var user = await FirstUserAsync(http, gateway, cancellationToken);
        var items = await PopularAsync(http, gateway, cancellationToken);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"\nSplitrail is up after {took.TotalSeconds:0.0} s. State is kept in {options.StateDirectory}\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"  gateway     {gateway}   (API: /openapi/v1.json, health: /health, metrics: /metrics)");
        text.AppendLine(CultureInfo.InvariantCulture, $"  console     {ConsoleLink.Address(options, gateway)}");
        if (!options.ExtraArguments.GetValueOrDefault(AppIds.Experiment, []).Contains("--ExperimentSvc:Demo=false", StringComparer.OrdinalIgnoreCase))
            text.AppendLine(CultureInfo.InvariantCulture, $"  demo shop   {gateway}/demo   (look, search, rate and buy, and watch the lists change)");
        foreach (var app in layout.Apps.Where(static app => app.Name != AppIds.Gateway))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {app.Name,-15} {app.Address.ToString().TrimEnd('/')}   sidecar {app.SidecarAddress.ToString().TrimEnd('/')}");
        text.AppendLine("\nTry:\n");
        text.AppendLine("  # a known user");
        text.AppendLine(Post(gateway, $$"""{"user_id":"{{user}}","num_items":5}"""));
        text.AppendLine("  # a guest who looked at two items");
        text.AppendLine(Post(gateway, $$"""{"session_id":"guest-1","session_items":[{{string.Join(",", items.Take(2).Select(static id => $"\"{id}\""))}}],"num_items":5}"""));
        text.AppendLine("  # items like this one");
        text.AppendLine(CultureInfo.InvariantCulture, $"  curl -s {gateway}/v1/items/{items[0]}/similar\n");
        text.Append("Ctrl+C stops it.");
        return text.ToString();
    }

    private static string Post(string gateway, string body) =>
        $"  curl -s {gateway}/v1/recommendations -H 'Content-Type: application/json' -d '{body}'";

    private static async Task<string?> FirstUserAsync(HttpClient http, string gateway, CancellationToken cancellationToken)
    {
        using var users = await ReadAsync(http, $"{gateway}/users?limit=1", cancellationToken);
        return users.RootElement.GetProperty("users").EnumerateArray().Select(static user => user.GetString()).FirstOrDefault();
    }

    private static async Task<string?[]> PopularAsync(HttpClient http, string gateway, CancellationToken cancellationToken)
    {
        using var popular = await ReadAsync(http, $"{gateway}/v1/popular", cancellationToken);
        return [.. popular.RootElement.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("item_id").GetString())];
    }

    /// <summary>The shop is up; a look-up that a busy machine does not answer in time is simply asked again.</summary>
    private static async Task<JsonDocument> ReadAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var answer = await http.GetAsync(new Uri(address), cancellationToken);
            if (answer.IsSuccessStatusCode || attempt == Attempts)
                return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken));
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
