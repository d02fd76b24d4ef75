namespace Splitrail.Tests.Suite.Gateway;

/// <summary>The machine's time, moved; what measures durations goes on as ever, as on a machine whose clock is set.</summary>
internal sealed class SettableClock : TimeProvider
{
    private long _ahead;

    public TimeSpan Ahead
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
        set => Interlocked.Exchange(ref _ahead, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
