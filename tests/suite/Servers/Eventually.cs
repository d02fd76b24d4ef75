using System.Diagnostics;

namespace Splitrail.Tests.Suite.Servers;

/// <summary>Awaits a condition with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<Task<bool>> condition, string what) => TrueAsync(condition, TimeSpan.FromSeconds(20), what);

    /// <exception cref="TimeoutException">It did not become true in time.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan limit, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}.");
            await Task.Delay(s_step);
        }
    }
}
