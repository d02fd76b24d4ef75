using System.Diagnostics;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>Awaits a condition with a deadline, instead of sleeping and hoping.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task<T> ReachesAsync<T>(Func<Task<T>> observe, Func<T, bool> condition, string what, TimeSpan? limit = null)
    {
        var deadline = limit ?? TimeSpan.FromSeconds(30);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await observe();
            if (condition(seen))
                return seen;
            if (Stopwatch.GetElapsedTime(started) > deadline)
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0} s: {what}. Last seen: {seen}");
            await Task.Delay(Interval);
        }
    }
}
