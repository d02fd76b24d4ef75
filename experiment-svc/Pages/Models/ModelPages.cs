using Splitrail.ExperimentSvc.Control;
using Splitrail.Models;

namespace Splitrail.ExperimentSvc.Pages.Models;

/// <summary>Reads what is known of the models.</summary>
internal sealed class ModelPages(ExperimentOptions options, ControlPlane control)
{
    public ModelsModel Read()
    {
        if (options.ModelsDirectory is not { } folder)
            return new ModelsModel(control.Current?.ActiveModel, [], "No models folder is set (ExperimentSvc:ModelsDirectory).");
        var store = new ModelStore(folder);
        List<ModelManifest> manifests = [];
        List<string> broken = [];
        foreach (var version in store.Versions())
        {
            try
            {
                manifests.Add(store.ReadManifest(version));
            }
            catch (ModelException fault)
            {
                broken.Add(fault.Message);
            }
        }

        return new ModelsModel(control.Current?.ActiveModel, [.. manifests.OrderByDescending(static manifest => manifest.TrainedAt)], broken.Count > 0 ? string.Join(" ", broken) : null);
    }
}
