namespace Splitrail.Gateway.Inner;

/// <summary>
/// The time of one request. A stage has to end by a moment, counted from the request's start: what an early stage leaves unused is for the later ones.
/// Not linked to the caller's connection: who hangs up is rare, and the work ends within the deadline anyway.
/// </summary>
internal readonly struct RequestDeadline(TimeProvider time, TimeSpan total)
{
    private readonly long _started = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Ends so long after the request's start, or with the request's time when that is sooner. Dispose it when the stage is over.</summary>
    public CancellationTokenSource EndAt(TimeSpan sinceStart)
    {
        var left = (sinceStart < total ? sinceStart : total) - Elapsed;
        return new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }
}
