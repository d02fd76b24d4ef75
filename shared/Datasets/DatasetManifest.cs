using System.Text.Json.Serialization;

namespace Splitrail.Datasets;

/// <summary>
/// What <c>dataset.json</c> says of a dataset folder. Beside it lie <c>items.jsonl</c> (one <see cref="Contracts.CatalogItem"/> a line) and
/// <c>events.tsv</c>, ordered by time: time_ms, type, user_id, session_id, item_id, quantity, value_micros, tab-separated with a header line;
/// a missing user or session is an empty column.
/// </summary>
/// <param name="Name">Shown to people.</param>
/// <param name="Format">The importer that made it.</param>
/// <param name="Fingerprint">SHA-256 (hex) of items.jsonl followed by events.tsv: equal data, equal fingerprint.</param>
/// <param name="Items">Lines of items.jsonl.</param>
/// <param name="Events">Lines of events.tsv without the header.</param>
/// <param name="Users">Distinct known users.</param>
/// <param name="GuestSessions">Distinct sessions without a user.</param>
/// <param name="FirstEventMs">Unix milliseconds, after the shift.</param>
/// <param name="LastEventMs">Unix milliseconds, after the shift.</param>
/// <param name="TimeShiftMs">Whole days added to every time of the source, so that an old shop can be served as of today.</param>
public sealed record DatasetManifest(
    string Name,
    string Format,
    string Fingerprint,
    int Items,
    long Events,
    int Users,
    int GuestSessions,
    long FirstEventMs,
    long LastEventMs,
    long TimeShiftMs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DatasetManifest))]
internal sealed partial class DatasetJson : JsonSerializerContext;
