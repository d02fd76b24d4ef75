using Splitrail.Contracts;

namespace Splitrail.Feeds;

/// <summary>The newest control snapshot whose production models this process has loaded.</summary>
public sealed class FollowedSnapshot
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private volatile ReplicaState? _current;

    /// <summary>Null before the first one.</summary>
    public ReplicaState? Current => _current;

    public void Follow(long version)
    {
        if (_current?.Snapshot != version)
            _current = new ReplicaState(_id, version);
    }
}
