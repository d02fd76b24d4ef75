using Splitrail.Contracts;
using Splitrail.Models;

namespace Splitrail.RankingSvc.Checks;

/// <summary>
/// Opens versions in a child process as soon as they are on the volume, on every replica: when one is activated, nobody has to wait for that. Of the versions that were there at the start only the newest are looked at; one that
/// may not be served is told of when somebody wants it.
/// </summary>
internal sealed class FirstLook(ModelStore store, ModelChecks checks, RankingOptions options, TimeProvider time) : BackgroundService
{
    private const int NewestAtStart = 4;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Listing a folder is synchronous; it must not hold up the start of the host.
        await Task.Yield();
        foreach (var old in Versions().OrderByDescending(version => Directory.GetLastWriteTimeUtc(Path.Combine(store.Folder, version))).Skip(NewestAtStart))
            _seen.Add(old);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var version in Versions().Where(_seen.Add))
                await LookAsync(version, stoppingToken);
            await Task.Delay(options.ModelRetry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string[] Versions()
    {
        try
        {
            return [.. store.Versions()];
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            // The volume's absence is the model keeper's to tell.
            return [];
        }
    }

    private async Task LookAsync(string version, CancellationToken stoppingToken)
    {
        try
        {
            if (store.ReadManifest(version).UsedFor.Contains(ModelTypes.Ranking))
            {
                Task verdict = checks.VerdictOf(version).WaitAsync(stoppingToken);
                await verdict.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception gone) when (gone is ModelException or IOException or UnauthorizedAccessException)
        {
            // Deleted meanwhile, or not readable yet: whoever wants it is told so.
            _seen.Remove(version);
        }
    }
}
