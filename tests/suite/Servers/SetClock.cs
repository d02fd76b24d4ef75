namespace Splitrail.Tests.Suite.Servers;

/// <summary>The machine's clock, set forth or back by a test; timers run as ever.</summary>
internal sealed class SetClock : TimeProvider
{
    private long _offsetTicks;

    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));
        set => Interlocked.Exchange(ref _offsetTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
