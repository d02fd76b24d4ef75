using Splitrail.Contracts;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.RankingSvc.Checks;
using Splitrail.RankingSvc.Onnx;
using Splitrail.RankingSvc.Quality;
using Splitrail.Retrieval;

namespace Splitrail.RankingSvc.Serving;

/// <summary>Turns a version of the model folder into something that ranks, warmed up.</summary>
internal sealed class ModelLoader(ModelStore store, ModelChecks checks, RankingOptions options, RankingMetrics metrics, TimeProvider time)
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
        var file = RankerFile.Of(bundle, options.Scoring.Precision);
        var trained = DriftReference.Read(bundle.Folder);
        var state = new ServingState(bundle, features, file is null ? null : Open(version, file))
        {
            Quality = trained?.FeatureSet == ShopFeatures.Set.Name ? new ModelQuality(version, trained, options.DriftWindow, metrics, time) : null,
        };
        try
        {
            await WarmUpAsync(state, cancellationToken);
        }
        catch
        {
            state.Ranker?.Dispose();
            throw;
        }

        return state;
    }

    private LoadedRanker Open(string version, string path)
    {
        var session = OnnxSession.Open(OnnxRuntime.Shared, File.ReadAllBytes(path), options.Scoring.Threads, options.Scoring.Affinity);
        try
        {
            RankerShape.Require(version, session);
            return new LoadedRanker(session, options.Scoring, metrics, time);
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
        var slot = await ranker.RentAsync(cancellationToken);
        var (items, statistics, rows) = (state.Bundle.Items, state.Bundle.Statistics, options.Scoring.SlotRows);
        var user = new UserProfile(items, statistics, UserContext.Empty, [.. items.Ids.Take(1)], statistics.AsOfMs);
        for (var row = 0; row < rows; row++)
            state.Features.Write(user, row % items.Count, float.NaN, new CandidateSignals(0, 0, 0, SignalNames.NoRank, SignalNames.NoRank), slot.Buffer.Row(row));
        await ranker.ScoreAsync(slot, rows);
        await ranker.ScoreAsync(slot, 1);
        ranker.Return(slot);
    }
}
