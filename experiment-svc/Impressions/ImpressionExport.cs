using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Splitrail.ExperimentSvc.Impressions;

/// <summary>What was served and what came of it as JSON lines, in the shape that the trainer reads (docs/data.md): page by page, because a sidecar hands on no more than 4 MB at a time.</summary>
internal sealed class ImpressionExport(ServedListStore store)
{
    public const string ContentType = "application/jsonl";

    private const int EnoughCharacters = 1_000_000;

    /// <returns>Lines, and where to go on; null there when nothing is left. An outcome may arrive before its list: the trainer leaves out what it cannot join.</returns>
    /// <exception cref="Sql.DatabaseAwayException">The database is away.</exception>
    public async Task<(string Lines, ExportPlace? Next)> PageAsync(ExportPlace place, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        while (lines.Length < EnoughCharacters)
        {
            var rows = place.IsOutcomes ? await store.OutcomesAsync(place, cancellationToken) : await store.ListsAsync(place, cancellationToken);
            if (rows.Length == 0 && place.IsOutcomes)
                return (lines.ToString(), null);
            if (rows.Length == 0)
                place = place.AtOutcomes();
            foreach (var row in rows)
                lines.Append(place.IsOutcomes ? OutcomeOf(row) : $"{{\"served\":{row.Content}}}").Append('\n');
            if (rows.Length > 0)
                place = place.After(rows[^1]);
        }

        return (lines.ToString(), place);
    }

    private static string OutcomeOf(ServedRow one) =>
        JsonSerializer.Serialize(new OutcomeLine(new ServedOutcome(one.RequestId, one.ItemId, one.Type, one.AtMs)), ImpressionExportJson.Default.OutcomeLine);
}

internal sealed record OutcomeLine(ServedOutcome Outcome);

/// <summary>What came of a list. The stars of a rating are not kept here, so ratings teach nothing.</summary>
internal sealed record ServedOutcome(string RequestId, string ItemId, string Type, long TimestampMs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OutcomeLine))]
internal sealed partial class ImpressionExportJson : JsonSerializerContext;
