namespace Splitrail.Local.Sidecar.Invocation;

/// <summary>The replicas of one app, used in turn. One that refused a connection is left out for a moment while there are others.</summary>
internal sealed class AppInstances(string[] addresses, TimeProvider time)
{
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromSeconds(1);

    private readonly long[] _refusedAt = new long[addresses.Length];
    private uint _turn;

    public IReadOnlyList<string> Addresses => addresses;

    /// <summary>The next replica's base address.</summary>
    public int Next()
    {
        if (addresses.Length == 1)
            return 0;
        var start = (int)(Interlocked.Increment(ref _turn) % (uint)addresses.Length);
        for (var i = 0; i < addresses.Length; i++)
        {
            var candidate = (start + i) % addresses.Length;
            var refused = Volatile.Read(ref _refusedAt[candidate]);
            if (refused == 0 || time.GetElapsedTime(refused) > RestAfterRefusal)
                return candidate;
        }

        return start;
    }

    public void Refused(int instance) => Volatile.Write(ref _refusedAt[instance], time.GetTimestamp());
}
