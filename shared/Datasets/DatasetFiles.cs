namespace Splitrail.Datasets;

/// <summary>Names and the header of the files in a dataset folder.</summary>
internal static class DatasetFiles
{
    public const string Manifest = "dataset.json";
    public const string Items = "items.jsonl";
    public const string Events = "events.tsv";

    public static ReadOnlySpan<byte> EventsHeader => "time_ms\ttype\tuser_id\tsession_id\titem_id\tquantity\tvalue_micros\n"u8;
}
