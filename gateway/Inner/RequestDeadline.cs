namespace Splitrail.Gateway.Inner;

/// <summary>
/// The time of one request, from which each stage takes its share. Not linked to the caller's connection: who hangs up is rare, and the work ends
/// within the deadline anyway.
/// </summary>
internal readonly struct RequestDeadline(TimeProvider time, TimeSpan total)
{
    private readonly long _started = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Ends after the share, or with the request's time when that is sooner. Dispose it when the stage is over.</summary>
    public CancellationTokenSource Stage(TimeSpan share)
    {
        var left = total - Elapsed;
        var most = share < left ? share : left;
        return new CancellationTokenSource(most > TimeSpan.Zero ? most : TimeSpan.Zero, time);
    }
}
