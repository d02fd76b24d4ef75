namespace Splitrail.ExperimentSvc.Pages.Models;

/// <summary>Metrics of training in words. Their names are the trainer's, and a registry may hold others.</summary>
internal static class ModelMetricWords
{
    private const string Ndcg = "ndcg_at_";

    private static readonly Dictionary<string, string> s_sources = new(StringComparer.Ordinal)
    {
        ["als"] = "taste of like shoppers", ["item_to_item"] = "items bought together", ["popularity"] = "popularity", ["ranker"] = "ranked", ["content"] = "descriptions", ["bpmf"] = "taste with uncertainty",
    };

    /// <summary><c>ndcg_at_10_als</c> is "Order of the 10 best (NDCG): taste of like shoppers".</summary>
    public static string Of(string name)
    {
        if (!name.StartsWith(Ndcg, StringComparison.Ordinal))
            return Shown.Title(name);
        var rest = name[Ndcg.Length..].Split('_', 2);
        var of = rest.Length < 2 ? "" : $": {s_sources.GetValueOrDefault(rest[1], Shown.Words(rest[1]))}";
        return $"Order of the {rest[0]} best (NDCG){of}";
    }
}
