using Splitrail.Contracts;
using Splitrail.Datasets;

namespace Splitrail.Trainer.Training;

/// <summary>
/// A dataset's events in memory, by time, as parallel arrays. A subject is a known user, or a guest's session; subjects below
/// <see cref="Users"/> are known users.
/// </summary>
internal sealed class InteractionLog
{
    private InteractionLog(CatalogItem[] items) => Items = items;

    /// <summary>The catalogue; positions in <see cref="Item"/> point into it.</summary>
    public CatalogItem[] Items { get; }

    public required long[] TimeMs { get; init; }

    public required int[] Subject { get; init; }

    public required int[] Item { get; init; }

    /// <summary>By <see cref="EventWeights.Of"/>.</summary>
    public required float[] Weight { get; init; }

    public required LoggedKind[] Kind { get; init; }

    /// <summary>Of ratings, on the shop's scale; 0 for the rest.</summary>
    public required float[] Stars { get; init; }

    /// <summary>Known users; the subjects from here on are guest sessions.</summary>
    public required int Users { get; init; }

    /// <summary>Ids: of users, then of guest sessions.</summary>
    public required string[] SubjectIds { get; init; }

    public int Count => TimeMs.Length;

    public static InteractionLog Read(DatasetFolder dataset) => From([.. dataset.ReadItems()], dataset.ReadEvents());

    public static InteractionLog From(CatalogItem[] items, IEnumerable<EventRow> events)
    {
        var positions = new Dictionary<string, int>(items.Length, StringComparer.Ordinal);
        foreach (var item in items)
            positions.Add(item.ItemId, positions.Count);
        var rows = events.Where(static row => row.Type != EventTypes.Impression).ToArray();
        var users = Number(rows.Where(static row => row.UserId is not null).Select(static row => row.UserId!));
        var guests = Number(rows.Where(static row => row.UserId is null).Select(static row => row.SessionId!));
        return new InteractionLog(items)
        {
            TimeMs = Array.ConvertAll(rows, static row => row.TimestampMs),
            Subject = Array.ConvertAll(rows, row => row.UserId is { } user ? users[user] : users.Count + guests[row.SessionId!]),
            Item = Array.ConvertAll(rows, row => positions[row.ItemId]),
            Weight = Array.ConvertAll(rows, static row => EventWeights.Of(row.Type, row.ValueMicros)),
            Kind = Array.ConvertAll(rows, KindOf),
            Stars = Array.ConvertAll(rows, static row => row.Type == EventTypes.Rating ? (float)(row.ValueMicros / 1e6) : 0f),
            Users = users.Count,
            SubjectIds = [.. users.Keys, .. guests.Keys],
        };
    }

    /// <summary>Events before a moment: they are the first so many.</summary>
    public int CountBefore(long timeMs)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = TimeMs[middle] < timeMs ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static LoggedKind KindOf(EventRow row) =>
        (EventWeights.IsPurchase(row.Type, row.ValueMicros) ? LoggedKind.Bought : LoggedKind.None)
        | (row.Type == EventTypes.Rating ? LoggedKind.Rating : LoggedKind.None);

    private static Dictionary<string, int> Number(IEnumerable<string> ids)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in ids)
            numbers.TryAdd(id, numbers.Count);
        return numbers;
    }
}

[Flags]
internal enum LoggedKind : byte
{
    None = 0,

    /// <summary>By <see cref="EventWeights.IsPurchase"/>.</summary>
    Bought = 1,
    Rating = 2,
}
