using System.Diagnostics;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>Waits for a condition with a deadline, for what happens in its own time.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, int seconds = 10)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started).TotalSeconds > seconds)
                throw new TimeoutException($"Waited {seconds} s in vain for: {what}");
            await Task.Delay(10);
        }
    }
}
