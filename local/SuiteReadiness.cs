using System.Diagnostics;

namespace Splitrail.Local;

/// <summary>Asks every service's /health/ready until all say yes.</summary>
public static class SuiteReadiness
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="TimeoutException">Not all were ready in time; the message says which, and what they wait for.</exception>
    public static async Task WaitAsync(
        SuiteLayout layout, HttpClient http, TimeSpan limit, Action<string> print, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var waiting = layout.Apps.ToDictionary(static app => app.Name, static _ => "not started");
        var printed = "";
        while (waiting.Count > 0)
        {
            foreach (var name in waiting.Keys.ToArray())
            {
                if (await AskAsync(http, layout[name].Address, cancellationToken) is { } reason)
                    waiting[name] = reason;
                else
                    waiting.Remove(name);
            }

            var state = string.Join("; ", waiting.Select(static one => $"{one.Key}: {one.Value}"));
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Not ready within {limit.TotalSeconds:0} s: {state}");
            if (waiting.Count > 0 && state != printed && Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(2))
                print($"waiting for {printed = state}");
            if (waiting.Count > 0)
                await Task.Delay(Interval, cancellationToken);
        }
    }

    /// <returns>Null when ready, else why not.</returns>
    private static async Task<string?> AskAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (HttpRequestException notUp)
        {
            return notUp.HttpRequestError.ToString();
        }
    }
}
