namespace Splitrail.Trainer.Terminal;

/// <summary>
/// A Kubernetes Job is over when all of its containers are, and a sidecar goes on by itself. <c>SPLITRAIL_END_SIDECAR=true</c> makes the trainer end the sidecar of its pod when
/// its own work is over, well or badly.
/// </summary>
internal static class EndedSidecar
{
    public const string Variable = "SPLITRAIL_END_SIDECAR";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The sidecar to end, as Dapr's injector says where it is; null when none is to be ended.</summary>
    public static Uri? Of(Func<string, string?> variable) =>
        string.Equals(variable(Variable), "true", StringComparison.OrdinalIgnoreCase) ? new Uri($"http://127.0.0.1:{variable("DAPR_HTTP_PORT") ?? "3500"}/v1.0/shutdown") : null;

    /// <returns>What went wrong, for a person; null when the sidecar ends.</returns>
    public static async Task<string?> EndAsync(Uri shutdown, string? token)
    {
        using var http = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Post, shutdown);
        if (token is { Length: > 0 })
            request.Headers.Add("dapr-api-token", token);
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.IsSuccessStatusCode ? null : $"the sidecar at {shutdown} answered {(int)answer.StatusCode} instead of ending";
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return $"the sidecar at {shutdown} could not be ended: {away.Message}";
        }
    }
}
