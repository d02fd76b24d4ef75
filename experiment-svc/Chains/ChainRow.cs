using System.Text.Json;

namespace Splitrail.ExperimentSvc.Chains;

/// <summary>An entry of a hash-chained log as it is stored.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Id">Which of these.</param>
/// <param name="Hash">Of <paramref name="Entry"/>.</param>
/// <param name="Entry">Canonical JSON with <c>sequence</c>, <c>kind</c>, <c>id</c>, <c>prev_hash</c> and what the log is for.</param>
internal sealed record ChainRow(long Sequence, string Kind, string Id, string Hash, string Entry)
{
    /// <summary>The row as a line of an export.</summary>
    public string ToLine() => $"{{\"hash\":\"{Hash}\",\"entry\":{Entry}}}";

    /// <summary>Null when the line is none.</summary>
    public static ChainRow? FromLine(string line)
    {
        try
        {
            var parsed = JsonElement.Parse(line);
            var entry = parsed.GetProperty("entry");
            return new ChainRow(
                entry.GetProperty("sequence").GetInt64(), entry.GetProperty("kind").GetString()!, entry.GetProperty("id").GetString()!, parsed.GetProperty("hash").GetString()!, entry.GetRawText());
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The caller says which line it was.
            return null;
        }
    }
}
