using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Planning;

namespace Splitrail.ExperimentSvc.Pages.Forms;

/// <param name="Id">The experiment that is edited; null for a new one.</param>
/// <param name="Version">The version that was looked at; 0 for a new one.</param>
/// <param name="Fields">What the form says.</param>
/// <param name="Layers">Where it could be.</param>
/// <param name="Preview">What saving would do; null before it was asked for.</param>
public sealed record FormModel(string? Id, long Version, FormFields Fields, IReadOnlyList<LayerView> Layers, Preview? Preview = null)
{
    /// <summary>Why it was not saved; empty when nothing was refused.</summary>
    public IReadOnlyList<FormFault> Faults { get; init; } = [];
}
