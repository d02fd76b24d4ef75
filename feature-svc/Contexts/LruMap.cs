using System.Diagnostics.CodeAnalysis;

namespace Splitrail.FeatureSvc.Contexts;

/// <summary>A map that drops the least recently used entry when it is full. Safe for many threads.</summary>
internal sealed class LruMap<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _nodes.Count;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_nodes.Remove(key, out var old))
                _order.Remove(old);
            else if (_nodes.Count == capacity)
                DropOldest();
            _nodes[key] = _order.AddFirst((key, value));
        }
    }

    private void DropOldest()
    {
        var oldest = _order.Last!;
        _order.Remove(oldest);
        _nodes.Remove(oldest.Value.Key);
    }
}
