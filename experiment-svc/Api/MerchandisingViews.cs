using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Merchandising;

namespace Splitrail.ExperimentSvc.Api;

/// <param name="Definition">Edit this and PUT it.</param>
/// <param name="Version">Of the last edit; the ETag.</param>
/// <param name="State"><c>active</c>, <c>scheduled</c>, <c>over</c> or <c>disabled</c>.</param>
public sealed record RuleView(DefinedRule Definition, long Version, string State)
{
    internal static RuleView Of(Held<RuleRecord> held, DateTimeOffset now)
    {
        var rule = held.Value.Definition;
        var state = !rule.Enabled ? "disabled" : now < rule.From ? "scheduled" : now >= rule.Until ? "over" : "active";
        return new RuleView(rule, held.Version, state);
    }

    /// <summary>Of the highest priority first.</summary>
    internal static IReadOnlyList<RuleView> All(MerchandisingSet set, DateTimeOffset now) => [.. set.Live.Select(held => Of(held, now)).OrderByDescending(static view => view.Definition.Priority)];
}

/// <param name="Rules">Of the highest priority first.</param>
internal sealed record RuleList(IReadOnlyList<RuleView> Rules);

/// <summary>Weights of a category.</summary>
/// <param name="Category">The category, or global.</param>
/// <param name="Definition">Edit this and PUT it.</param>
/// <param name="Version">Of the last edit; the ETag. 0 when there are none to edit: PUT without If-Match.</param>
/// <param name="Inherited">The weights are the global ones, or without those the default.</param>
public sealed record WeightsView(string Category, DefinedWeights Definition, long Version, bool Inherited)
{
    internal static WeightsView Of(MerchandisingSet set, string category)
    {
        if (set.Weights.GetValueOrDefault(category) is { Value.Weights: { } own } held)
            return new WeightsView(category, own, held.Version, Inherited: false);
        var global = set.Weights.GetValueOrDefault(CategoryWeights.Global)?.Value.Weights;
        return new WeightsView(category, global ?? DefinedWeights.Of(ScoreWeights.Default), 0, Inherited: true);
    }

    /// <summary>The global ones, and each category's own.</summary>
    internal static IReadOnlyList<WeightsView> All(MerchandisingSet set) =>
    [
        Of(set, CategoryWeights.Global),
        .. set.Weights.Where(static pair => pair.Key != CategoryWeights.Global && pair.Value.Value.Weights is not null).Select(pair => Of(set, pair.Key)),
    ];
}

internal sealed record WeightsList(IReadOnlyList<WeightsView> Weights);
