using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Retrieval.Vectors;
using Splitrail.Tests.Unit.Retrieval;

namespace Splitrail.Tests.Unit.CandidateSvc;

/// <summary>Model folders to find candidates with.</summary>
internal static class CandidateModels
{
    /// <summary>Writes a version in which each item goes with the next, or another one.</summary>
    public static void Publish(string models, string version, RetrievalModel? other = null)
    {
        using var draft = new ModelStore(models).Draft(version);
        var model = other ?? RetrievalTestModels.Chain();
        RetrievalFiles.Write(draft.Folder, model);
        AlsIndex.Write(draft.Folder, model.Als, new VectorIndexOptions());
        draft.Commit(new ModelManifest(
            version, DateTimeOffset.UnixEpoch, "test", "00", "none", model.Items.Count, 1, model.Statistics.AsOfMs, [], new Dictionary<string, double>(), new Dictionary<string, double>()));
    }
}
