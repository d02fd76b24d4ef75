using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Merchandising;

/// <summary>What ranking weights must be.</summary>
internal static class WeightChecks
{
    public const int MostCategories = 1000;
    private const int LongestCategory = 200;
    private const double MaxWeight = 100;

    public static void Check(string category, DefinedWeights weights, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(category) || category.Length > LongestCategory || category.Any(char.IsControl))
            faults.Add("category", category, $"must be a category of 1 to {LongestCategory} printable characters, or global");
        foreach (var (member, weight) in Members(weights))
        {
            if (!(weight is >= 0 and <= MaxWeight))
                faults.Add(member, weight, $"must be a number from 0 to {MaxWeight}");
        }

        if (faults.None && weights.Sum <= 0)
            faults.Add("ranker", weights.Ranker, "must be above 0 when all others are 0, or there is nothing to rank by");
    }

    private static IEnumerable<(string Member, double Weight)> Members(DefinedWeights weights) =>
    [
        ("ranker", weights.Ranker), ("user_product_affinity", weights.UserProductAffinity), ("popularity", weights.Popularity),
        ("freshness", weights.Freshness), ("price", weights.Price), ("content", weights.Content),
    ];
}
