using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Models;
using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.ExperimentSvc.Registry;

/// <summary>Whether a version on the volume could be served: its files by their hashes, its ranker by ranking-svc, which opens it in a process of its own.</summary>
internal sealed class ModelVerification(ExperimentOptions options, DaprClient dapr, TimeProvider time)
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);

    private readonly ModelStore? _store = options.ModelsDirectory is { } folder ? new ModelStore(folder) : null;

    /// <summary>All files of a version, read and compared: large ones take their time.</summary>
    public Task<ModelGate> FilesAsync(string version, CancellationToken cancellationToken) => Task.Run(() => Files(version), cancellationToken);

    private ModelGate Files(string version)
    {
        if (_store is null)
            return new ModelGate(GateNames.Files, false, false, "this service has no models folder (ExperimentSvc:ModelsDirectory)");
        try
        {
            // Before 2 GB are read to find out that they are too many.
            var manifest = _store.ReadManifest(version);
            if (MetricGates.Of(manifest, null, options.Registry).First(static gate => gate.Name == GateNames.Size) is { Passed: false } large)
                return new ModelGate(GateNames.Files, false, false, $"not read, because it is too large: {large.Detail}");
            _store.Verify(version);
            return new ModelGate(GateNames.Files, true, false, $"{manifest.Files.Count} files are as their SHA-256 says");
        }
        catch (Exception wrong) when (wrong is ModelException or IOException or UnauthorizedAccessException)
        {
            return new ModelGate(GateNames.Files, false, false, wrong.Message);
        }
    }

    /// <summary>What is wrong with a version's embeddings, null when nothing is: their reader is code of this suite, so nobody else has to be asked.</summary>
    private Task<string?> VectorFaultAsync(ModelManifest manifest, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            if (_store is null || !manifest.UsedFor.Contains(ModelTypes.Embedding))
                return null;
            try
            {
                EmbeddingFile.Open(EmbeddingFile.InVersion(_store.Folder, manifest.Version), new VectorIndexOptions());
                return null;
            }
            catch (Exception wrong) when (wrong is EmbeddingException or IOException or UnauthorizedAccessException)
            {
                return $"its vectors cannot be read: {wrong.Message}";
            }
        },
        cancellationToken);

    /// <summary>
    /// Asks ranking-svc until it knows, but not for longer than a caller behind a sidecar would wait: it goes on opening the version meanwhile. One that does not answer leaves the question open, which somebody
    /// may override.
    /// </summary>
    public async Task<ModelGate> OpensAsync(ModelManifest manifest, CancellationToken cancellationToken)
    {
        if (await VectorFaultAsync(manifest, cancellationToken) is { } fault)
            return new ModelGate(GateNames.Opens, false, false, fault);
        if (!manifest.UsedFor.Contains(ModelTypes.Ranking))
            return new ModelGate(GateNames.Opens, true, false, "it holds no ranker");
        var started = time.GetTimestamp();
        while (true)
        {
            var answer = await dapr.InvokeMethodAsync(
                AppIds.Ranking, InnerPaths.ModelCheck, new ModelCheckRequest(manifest.Version), ContractsJson.Default.ModelCheckRequest, ContractsJson.Default.ModelCheckResponse, cancellationToken);
            if (!answer.TryGetValue(out var said, out var away))
                return new ModelGate(GateNames.Opens, false, true, $"ranking-svc does not answer: {away.Kind}");
            if (said.Outcome != Outcomes.Pending)
                return new ModelGate(GateNames.Opens, said.Outcome == Outcomes.Accepted, false, said.Outcome == Outcomes.Accepted ? "ranking-svc has opened it" : $"ranking-svc refuses it: {said.Reason}");
            if (time.GetElapsedTime(started) > options.Registry.CheckTimeout)
                return new ModelGate(GateNames.Opens, false, false, "ranking-svc is still opening it: ask again in a few seconds", Pending: true);
            await Task.Delay(s_again, time, cancellationToken);
        }
    }
}
