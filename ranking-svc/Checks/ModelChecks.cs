using System.Collections.Concurrent;
using System.Security.Cryptography;
using Splitrail.Models;

namespace Splitrail.RankingSvc.Checks;

/// <summary>
/// Verdicts on model versions, each worked out once. They belong to the content of the manifest, which has the hashes of all files: a version that was
/// replaced is looked at anew.
/// </summary>
internal sealed class ModelChecks(ModelStore store, ModelOpening opening, RankingMetrics metrics, IHostApplicationLifetime lifetime) : IDisposable
{
    private const int MostRemembered = 1000;
    private readonly ConcurrentDictionary<string, Lazy<Task<CheckVerdict>>> _verdicts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>The verdict, now or later; it goes on for the others when one who asked has gone.</summary>
    /// <exception cref="ModelException">There is no such version.</exception>
    public Task<CheckVerdict> VerdictOf(string version)
    {
        store.ReadManifest(version);
        var folder = Path.Combine(store.Folder, version);
        var key = $"{version} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, ModelStore.ManifestName))))}";
        if (_verdicts.Count >= MostRemembered)
            _verdicts.Clear();
        return _verdicts.GetOrAdd(key, static (key, self) => new(() => Task.Run(() => self.Checks.WorkOutAsync(key, self.Folder))), (Checks: this, Folder: folder)).Value;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<CheckVerdict> WorkOutAsync(string key, string folder)
    {
        await _oneAtATime.WaitAsync(lifetime.ApplicationStopping);
        try
        {
            var (verdict, isFinal) = await opening.OpenAsync(folder, lifetime.ApplicationStopping);
            if (!isFinal)
                _verdicts.TryRemove(key, out _);
            metrics.ModelCheck(verdict.Fault is null ? "accepted" : "refused");
            return verdict;
        }
        catch
        {
            _verdicts.TryRemove(key, out _);
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
