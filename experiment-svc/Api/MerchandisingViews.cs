using Splitrail.ExperimentSvc.Merchandising;

namespace Splitrail.ExperimentSvc.Api;

/// <param name="Definition">Edit this and PUT it.</param>
/// <param name="Version">Of the last edit; the ETag.</param>
/// <param name="State"><c>active</c>, <c>scheduled</c>, <c>over</c> or <c>disabled</c>.</param>
internal sealed record RuleView(DefinedRule Definition, long Version, string State);

/// <param name="Rules">Of the highest priority first.</param>
internal sealed record RuleList(IReadOnlyList<RuleView> Rules);

/// <summary>Weights of a category.</summary>
/// <param name="Category">The category, or global.</param>
/// <param name="Definition">Edit this and PUT it.</param>
/// <param name="Version">Of the last edit; the ETag. 0 when there are none to edit: PUT without If-Match.</param>
/// <param name="Inherited">The weights are the global ones, or without those the default.</param>
internal sealed record WeightsView(string Category, DefinedWeights Definition, long Version, bool Inherited);

internal sealed record WeightsList(IReadOnlyList<WeightsView> Weights);
