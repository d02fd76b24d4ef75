namespace Splitrail.Local.Sidecar.State;

/// <summary>Removes expired values from the file; readers have not seen them since their moment.</summary>
internal sealed class StateSweep(IReadOnlyDictionary<string, StateStore> stores, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (stores.Count == 0)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                foreach (var store in stores.Values)
                    await store.SweepAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The sidecar stops.
        }
    }
}
