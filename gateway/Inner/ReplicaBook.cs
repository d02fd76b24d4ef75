using System.Collections.Concurrent;
using Splitrail.Contracts;

namespace Splitrail.Gateway.Inner;

/// <summary>
/// The replicas of candidate-svc and ranking-svc that have answered lately, and which control snapshot each of them has followed. The sidecar spreads calls over all of them, so that under load each is heard every few
/// milliseconds.
/// </summary>
internal sealed class ReplicaBook(TimeProvider time)
{
    /// <summary>Who was not heard for so long is gone, or has nothing to do.</summary>
    private static readonly TimeSpan s_forgotten = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Heard> _candidates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Heard> _rankings = new(StringComparer.Ordinal);

    public void Candidates(ReplicaState? replica) => Note(_candidates, replica);

    public void Ranks(ReplicaState? replica) => Note(_rankings, replica);

    /// <summary>True when replicas of both have been heard and all of them have followed this snapshot.</summary>
    public bool HaveFollowed(long snapshot) => HaveFollowed(_candidates, snapshot) && HaveFollowed(_rankings, snapshot);

    private void Note(ConcurrentDictionary<string, Heard> replicas, ReplicaState? replica)
    {
        if (replica is not { Id: not null })
            return;
        var heard = replicas.GetOrAdd(replica.Id, static _ => new Heard());
        Volatile.Write(ref heard.Snapshot, replica.Snapshot);
        Volatile.Write(ref heard.At, time.GetTimestamp());
    }

    private bool HaveFollowed(ConcurrentDictionary<string, Heard> replicas, long snapshot)
    {
        var heard = 0;
        foreach (var (id, replica) in replicas)
        {
            if (time.GetElapsedTime(Volatile.Read(ref replica.At)) > s_forgotten)
                replicas.TryRemove(id, out _);
            else if (Volatile.Read(ref replica.Snapshot) < snapshot)
                return false;
            else
                heard++;
        }

        return heard > 0;
    }

    private sealed class Heard
    {
        public long Snapshot;
        public long At;
    }
}
