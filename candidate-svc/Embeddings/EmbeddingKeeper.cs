using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;

namespace Splitrail.CandidateSvc.Embeddings;

/// <summary>
/// Watches the file of embeddings and puts a new one into service, imported and indexed beside the requests. One that cannot be taken is told of once and
/// leaves the old one in place.
/// </summary>
internal sealed partial class EmbeddingKeeper(
    CandidateOptions options,
    ServingEmbeddings serving,
    CandidateMetrics metrics,
    TimeProvider time,
    ILogger<EmbeddingKeeper> logger) : BackgroundService
{
    private (DateTime Written, long Bytes)? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Embeddings is not { } path)
            return;
        // Building an index is long and synchronous; it must not hold up the start of the host.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            KeepUp(path);
            await Task.Delay(options.ModelRetry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void KeepUp(string path)
    {
        var file = new FileInfo(path);
        var found = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (found == _seen)
            return;
        try
        {
            var started = time.GetTimestamp();
            var embeddings = EmbeddingFile.Open(path, options.ToIndexOptions());
            serving.Swap(embeddings);
            metrics.EmbeddingLoad("loaded");
            var (kind, elapsed) = (embeddings.Index is IvfVectorIndex ? VectorIndexes.Ivf : VectorIndexes.Exact, time.GetElapsedTime(started));
            Loaded(logger, path, embeddings.Items.Count, kind, elapsed);
        }
        catch (Exception fault) when (fault is EmbeddingException or IOException or UnauthorizedAccessException)
        {
            serving.Report(fault.Message);
            metrics.EmbeddingLoad("failed");
            NotLoaded(logger, fault.Message, serving.Current?.Items.Count ?? 0);
        }

        _seen = found;
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Information, Message = "Embeddings {Path}: {Items} items in {Index}, loaded in {Elapsed}")]
    private static partial void Loaded(ILogger logger, string path, int items, string index, TimeSpan elapsed);

    [LoggerMessage(EventId = 311, Level = LogLevel.Error, Message = "Embeddings not loaded: {Reason} Serving {Items} items")]
    private static partial void NotLoaded(ILogger logger, string reason, int items);
}
