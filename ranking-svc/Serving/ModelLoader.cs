using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.RankingSvc.Checks;
using Splitrail.RankingSvc.Onnx;
using Splitrail.Retrieval;

namespace Splitrail.RankingSvc.Serving;

/// <summary>Turns a version of the model folder into something that ranks, warmed up.</summary>
internal sealed class ModelLoader(ModelStore store, ModelChecks checks, RankingOptions options)
{
    /// <exception cref="ModelException">The version is missing or damaged.</exception>
    /// <exception cref="ModelRefusedException">It cannot be opened safely.</exception>
    /// <exception cref="OnnxException">ONNX Runtime is missing or refuses the ranker.</exception>
    /// <exception cref="FeatureSetMismatchException">The ranker was trained on other features than this build computes.</exception>
    public async Task<ServingState> LoadAsync(string version, CancellationToken cancellationToken)
    {
        if ((await checks.VerdictOf(version).WaitAsync(cancellationToken)).Fault is { } refused)
            throw new ModelRefusedException($"Model '{version}' may not be served: {refused}");
        var bundle = store.LoadForRanking(version);
        var features = new ShopFeatures(bundle.Statistics);
        var path = Path.Combine(bundle.Folder, ModelStore.RankerName);
        var state = new ServingState(bundle, features, File.Exists(path) ? Open(version, path) : null);
        await WarmUpAsync(state, cancellationToken);
        return state;
    }

    private LoadedRanker Open(string version, string path)
    {
        var session = OnnxSession.Open(OnnxRuntime.Shared, File.ReadAllBytes(path));
        try
        {
            RankerShape.Require(version, session);
            return new LoadedRanker(session, options.Slots, options.SlotRows);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Has everything on the way compiled and the native arena grown before the first request needs them.</summary>
    private async Task WarmUpAsync(ServingState state, CancellationToken cancellationToken)
    {
        if (state.Ranker is not { } ranker)
            return;
        var buffer = await ranker.RentAsync(cancellationToken);
        var (items, statistics) = (state.Bundle.Items, state.Bundle.Statistics);
        var user = new UserProfile(items, statistics, UserContext.Empty, [.. items.Ids.Take(1)], statistics.AsOfMs);
        for (var row = 0; row < options.SlotRows; row++)
            state.Features.Write(user, row % items.Count, float.NaN, new CandidateSignals(0, 0, 0, SignalNames.NoRank, SignalNames.NoRank), buffer.Row(row));
        ranker.Run(buffer, options.SlotRows);
        ranker.Run(buffer, 1);
        ranker.Return(buffer);
    }
}
