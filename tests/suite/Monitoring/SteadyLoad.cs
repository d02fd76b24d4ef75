using System.Collections.Concurrent;
using System.Diagnostics;
using Splitrail.Tests.Suite.Shop;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>A few shoppers who come one after another, and what each waited.</summary>
internal sealed class SteadyLoad(ShopClient shop)
{
    private const int Shoppers = 2;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentQueue<(long At, double Seconds)> _waited = new();

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Shoppers).Select(shopper => ShopAsync(shopper, cancellationToken)));

    /// <summary>Of the seconds waited in the last while; null before anybody was served.</summary>
    public double? Quantile(double quantile, TimeSpan window)
    {
        double[] seconds = [.. _waited.Where(one => Stopwatch.GetElapsedTime(one.At) < window).Select(static one => one.Seconds).Order()];
        return seconds.Length == 0 ? null : seconds[Math.Min(seconds.Length - 1, (int)(quantile * seconds.Length))];
    }

    private async Task ShopAsync(int shopper, CancellationToken cancellationToken)
    {
        var users = await shop.UsersAsync(20);
        for (var visit = 0; !cancellationToken.IsCancellationRequested; visit++)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await shop.RecommendAsync(visit % 3 == 0
                ? new { user_id = (string?)users[visit % users.Count], session_id = (string?)null, num_items = 10 }
                : new { user_id = (string?)null, session_id = (string?)$"load-{shopper}-{visit}", num_items = 10 });
            _waited.Enqueue((started, Stopwatch.GetElapsedTime(started).TotalSeconds));
            if (visit % 10 == 0 && answer.Items.Count > 0)
                await LookAroundAsync(answer.Items[0], $"load-{shopper}-{visit}");
            await Task.Delay(s_pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAroundAsync(string item, string session)
    {
        // Bought at a price, as the business figures need one.
        var events = new[] { "impression", "click", "purchase" }.Select(type => new { event_id = $"{session}-{item}-{type}", type, session_id = session, item_id = item, value = type == "purchase" ? 2.5 : (double?)null });
        await shop.PostAsync("/v1/events", new { events });
        await shop.GetAsync($"/v1/items/{item}/similar");
        await shop.GetAsync("/v1/popular");
    }
}
