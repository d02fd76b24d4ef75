namespace Splitrail.Benchmarks.Hop;

/// <summary>Waits until a sidecar's own API works.</summary>
internal static class SidecarReadiness
{
    /// <exception cref="OperationCanceledException">It does not within half a minute.</exception>
    public static async Task WaitAsync(Uri sidecar, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sidecar };
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await IsReadyAsync(http, limited.Token))
            await Task.Delay(50, limited.Token);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/v1.0/healthz/outbound", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }
}
