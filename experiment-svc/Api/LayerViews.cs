using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Rules;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>Layers with what is free in them.</summary>
internal static class LayerViews
{
    public static IReadOnlyList<LayerView> Of(DefinitionSet set) => [.. set.Layers.Values.Select(held => Of(set, held))];

    public static LayerView Of(DefinitionSet set, Held<DefinedLayer> held) => new(
        held.Value, held.Version, Math.Round(Math.Max(0, SetRules.FreeSlots(set, held.Value)) / (double)SlotMap.Slots, 6), [.. set.RunningIn(held.Value.Id).Select(static record => record.Id)]);
}
