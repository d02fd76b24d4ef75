using System.Text.Json;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>What a subscriber answers to a delivery of many messages.</summary>
internal static class BulkAnswer
{
    public static string Of(RecordedCall call, string verdict) => Of(call, _ => verdict);

    /// <param name="call">The delivery.</param>
    /// <param name="verdict">SUCCESS, RETRY or DROP for a CloudEvent.</param>
    public static string Of(RecordedCall call, Func<JsonElement, string> verdict)
    {
        using var document = JsonDocument.Parse(call.Body);
        return JsonSerializer.Serialize(new
        {
            statuses = document.RootElement.GetProperty("entries").EnumerateArray()
                .Select(entry => new { entryId = entry.GetProperty("entryId").GetString(), status = verdict(entry.GetProperty("event")) }),
        });
    }

    /// <summary>The CloudEvents of a delivery, as they came.</summary>
    public static IReadOnlyList<string> EventsOf(RecordedCall call)
    {
        using var document = JsonDocument.Parse(call.Body);
        return [.. document.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("event").GetRawText())];
    }
}
