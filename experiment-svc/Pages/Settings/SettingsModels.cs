using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Pages.Experiments;

namespace Splitrail.ExperimentSvc.Pages.Settings;

/// <param name="Layers">With what is free in them.</param>
/// <param name="Holdout">Of all layers.</param>
/// <param name="Said">What became of the last edit.</param>
/// <param name="Typed">What was typed, when it was refused.</param>
public sealed record LayersModel(IReadOnlyList<LayerView> Layers, HoldoutView Holdout, Said? Said, SentForm? Typed);

/// <param name="Flags">All switches.</param>
/// <param name="Said">What became of the last edit.</param>
public sealed record FlagsModel(FlagsView Flags, Said? Said);
