using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Merchandising;
using Splitrail.ExperimentSvc.Pages.Forms;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Pages.Merchandising;

/// <summary>Ranking weights as the fields of a form.</summary>
internal static class WeightFields
{
    public const string Category = "category";

    /// <summary>A part of the score: its field, its name for owners and what it rewards.</summary>
    public sealed record Part(string Name, string Title, string Effect, Func<DefinedWeights, double> Read, Action<DefinedWeights, double> Write);

    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("ranker", "The ranker", "what the model that ranks says", static weights => weights.Ranker, static (weights, value) => weights.Ranker = value),
        new("user_product_affinity", "Taste", "what people of a like taste chose", static weights => weights.UserProductAffinity, static (weights, value) => weights.UserProductAffinity = value),
        new("popularity", "Popularity", "what many buy now", static weights => weights.Popularity, static (weights, value) => weights.Popularity = value),
        new("freshness", "Freshness", "what is new: half of it is left after 30 days", static weights => weights.Freshness, static (weights, value) => weights.Freshness = value),
        new("price", "Price", "what is near the shopper's usual price", static weights => weights.Price, static (weights, value) => weights.Price = value),
        new("content", "Words", "what is described alike", static weights => weights.Content, static (weights, value) => weights.Content = value),
    ];

    /// <summary>What was typed, or all that cannot be read. An empty field weighs nothing.</summary>
    public static (DefinedWeights Wanted, IReadOnlyList<InputFault> Faults) Read(SentForm form)
    {
        var (wanted, fields) = (new DefinedWeights(), new FieldReading(FormFields.Of(form)));
        foreach (var part in Parts)
            part.Write(wanted, fields.Number(part.Name, part.Title, "0.8") ?? 0);
        return (wanted, fields.Faults);
    }

    /// <summary>"The ranker 80 %, Taste 20 %".</summary>
    public static string Summary(DefinedWeights weights) =>
        string.Join(", ", Parts.Where(part => part.Read(weights) > 0).OrderByDescending(part => part.Read(weights)).Select(part => $"{part.Title} {Shown.Percent(Math.Round(part.Read(weights) / weights.Sum, 3))}"));

    public static bool IsGlobal(string category) => category == CategoryWeights.Global;
}
