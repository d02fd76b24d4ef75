using System.Text.Json;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Statistics;

namespace Splitrail.ExperimentSvc.Results;

/// <summary>Why there is no number, for programs and for people.</summary>
internal static class NotYetTexts
{
    public static NotYetView Uncounted { get; } = new("not_counted", "Nothing counts a metric of this name: GET /v1/experiments/schema lists those that are counted.");

    public static NotYetView Of(NotYet reason) => new(JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()), Sentence(NotYetWords.Of(reason)));

    private static string Sentence(string clause) => $"{char.ToUpperInvariant(clause[0])}{clause[1..]}.";
}
