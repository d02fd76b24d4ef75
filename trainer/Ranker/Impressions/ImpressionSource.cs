using System.Net.Http.Headers;
using Splitrail.Trainer.Registry;

namespace Splitrail.Trainer.Ranker.Impressions;

/// <summary>Where impressions come from: a file, or a running shop, which has kept what its gateways served.</summary>
internal static class ImpressionSource
{
    private const string NextHeader = "X-Next";
    private const string Path = "/v1/experiments/impressions";

    /// <param name="source">A file, or the address of a gateway or of experiment-svc.</param>
    /// <param name="days">Of a running shop: how far back.</param>
    /// <exception cref="InputException">It is not there, or a line is not what it should be.</exception>
    public static ImpressionLog Read(string source, int days)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return ImpressionLog.Read(source);
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        if (Environment.GetEnvironmentVariable(RegistryClient.KeyVariable) is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return ImpressionLog.Of(Lines(http, source, days), source);
    }

    private static IEnumerable<string> Lines(HttpClient http, string source, int days)
    {
        for (var (query, next) = ($"?days={days}", ""); next is not null; query = $"?after={Uri.EscapeDataString(next ?? "")}")
        {
            (var page, next) = Page(http, source, Path + query);
            foreach (var line in page.Split('\n'))
                yield return line;
        }
    }

    /// <summary>About a megabyte, and where the next one begins; null after the last.</summary>
    private static (string Lines, string? Next) Page(HttpClient http, string source, string path)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = http.Send(request);
            if (!response.IsSuccessStatusCode)
                throw new InputException($"--impressions {source}: {path} answered {(int)response.StatusCode}");
            using var reader = new StreamReader(response.Content.ReadAsStream());
            return (reader.ReadToEnd(), response.Headers.TryGetValues(NextHeader, out var next) ? next.First() : null);
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException or IOException)
        {
            throw new InputException($"--impressions {source}: {away.Message}", away);
        }
    }
}
