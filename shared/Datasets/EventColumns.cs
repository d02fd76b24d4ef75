using Splitrail.Contracts;

namespace Splitrail.Datasets;

/// <summary>Events held until they can be ordered: 40 bytes each, ids kept once.</summary>
internal sealed class EventColumns
{
    private readonly List<Packed> _events = [];
    private readonly IdTable _users = new("user");
    private readonly IdTable _sessions = new("session");
    private readonly HashSet<int> _guestSessions = [];

    public IdTable Items { get; } = new("item");

    public int Count => _events.Count;

    public int Users => _users.Count;

    public int GuestSessions => _guestSessions.Count;

    public long LastEventMs { get; private set; } = long.MinValue;

    /// <exception cref="ArgumentException">The event could not be read back.</exception>
    public void Add(in EventRow row)
    {
        var type = IndexOf(row.Type);
        if (row.UserId is null && row.SessionId is null) throw new ArgumentException("an event needs a user or a session");
        var user = _users.NumberOf(row.UserId);
        var session = _sessions.NumberOf(row.SessionId);
        if (user == IdTable.None) _guestSessions.Add(session);
        LastEventMs = Math.Max(LastEventMs, row.TimestampMs);
        _events.Add(new Packed(row.TimestampMs, row.ValueMicros, user, session, Items.NumberOf(row.ItemId), row.Quantity, type));
    }

    /// <summary>All events by time; of one time, as they were added.</summary>
    public IEnumerable<EventRow> InOrder()
    {
        foreach (var index in Order()) yield return Unpack(_events[index]);
    }

    private int[] Order()
    {
        var times = new long[_events.Count];
        var order = new int[_events.Count];
        for (var i = 0; i < order.Length; i++) (times[i], order[i]) = (_events[i].TimestampMs, i);
        Array.Sort(times, order);
        // Array.Sort is not stable: within one time the order of arrival is brought back.
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && times[end] == times[start]) end++;
            if (end - start > 1) Array.Sort(order, start, end - start);
        }
        return order;
    }

    private EventRow Unpack(in Packed packed) => new(
        packed.TimestampMs,
        EventTypes.All[packed.Type],
        packed.User == IdTable.None ? null : _users[packed.User],
        packed.Session == IdTable.None ? null : _sessions[packed.Session],
        Items[packed.Item],
        packed.Quantity,
        packed.ValueMicros);

    private static byte IndexOf(string type)
    {
        for (var i = 0; i < EventTypes.All.Count; i++)
        {
            if (EventTypes.All[i] == type) return (byte)i;
        }
        throw new ArgumentException($"event type '{type}' is not one of {string.Join(", ", EventTypes.All)}");
    }

    private readonly record struct Packed(long TimestampMs, long ValueMicros, int User, int Session, int Item, int Quantity, byte Type);
}
