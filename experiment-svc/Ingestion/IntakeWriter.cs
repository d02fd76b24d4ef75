using System.Threading.Channels;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// The one way into the sums on this replica. While a transaction runs, what arrives waits, and the next one takes all of it: the busier it is, the fewer commits an event costs. A delivery is acknowledged after the
/// commit that has it.
/// </summary>
internal sealed partial class IntakeWriter(
    IntakeTransaction transactions, IngestionOptions options, ExperimentMetrics metrics, SchemaUpgrade schema, TimeProvider time, ILogger<IntakeWriter> logger) : BackgroundService
{
    // More than this is in nobody's hands: the broker limits what is delivered at a time.
    private const int MostDeliveries = 10_000;

    private readonly Channel<IntakeDelivery> _waiting = Channel.CreateBounded<IntakeDelivery>(new BoundedChannelOptions(MostDeliveries) { SingleReader = true });
    private readonly ExposureStage _stage = new(options.KnownExposures, time);
    private readonly IntakeProgress _progress = new();
    private volatile bool _forget;

    /// <returns>False when the database is away, and all of it is to be delivered again.</returns>
    public async Task<bool> StoreAsync(IntakeDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Count == 0)
            return true;
        await _waiting.Writer.WriteAsync(delivery, cancellationToken);
        return await delivery.Stored.WaitAsync(cancellationToken);
    }

    /// <summary>Something was deleted: what is remembered of stored exposures is no longer true.</summary>
    public void Forget() => _forget = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Completed.WaitAsync(stoppingToken);
        List<IntakeDelivery> deliveries = [];
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            Collect(deliveries);
            await WriteAsync(deliveries, stoppingToken);
            deliveries.Clear();
        }
    }

    private void Collect(List<IntakeDelivery> deliveries)
    {
        for (var count = 0; count < options.BatchSize && _waiting.Reader.TryRead(out var delivery); count += delivery.Count)
            deliveries.Add(delivery);
    }

    private async Task WriteAsync(List<IntakeDelivery> deliveries, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(deliveries, cancellationToken);
            foreach (var delivery in deliveries)
                delivery.Complete(stored: true);
        }
        catch (DatabaseAwayException away)
        {
            NotStored(logger, deliveries.Sum(static one => one.Count), away.Message);
            foreach (var delivery in deliveries)
                delivery.Complete(stored: false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A delivery that cannot be stored must not keep the others out: the sidecar hears of each fault by itself.
            if (deliveries.Count == 1)
            {
                deliveries[0].Fail(fault);
                return;
            }

            foreach (var delivery in deliveries)
                await WriteAsync([delivery], cancellationToken);
        }
    }

    private async Task StoreAsync(List<IntakeDelivery> deliveries, CancellationToken cancellationToken)
    {
        if (_forget)
        {
            _forget = false;
            _stage.Forget();
        }

        try
        {
            var exposures = 0;
            foreach (var exposure in deliveries.SelectMany(static delivery => delivery.Exposures))
            {
                exposures++;
                _stage.Offer(exposure);
            }

            var batch = new IntakeBatch(
                _stage.Pending,
                [.. deliveries.SelectMany(static delivery => delivery.Outcomes)],
                [.. deliveries.SelectMany(static delivery => delivery.Refused)],
                [.. deliveries.SelectMany(static delivery => delivery.Answers)],
                _progress.Newer(deliveries.SelectMany(static delivery => delivery.Marks)),
                [.. deliveries.SelectMany(static delivery => delivery.Teams)]);
            var result = batch.Count == 0 ? IntakeResult.Nothing : await transactions.RunAsync(batch, cancellationToken);
            _stage.MarkStored();
            _progress.Written(batch.Marks);
            metrics.CountIntake(result, exposures, batch.Outcomes.Count);
        }
        catch
        {
            _stage.Abandon();
            throw;
        }
    }

    [LoggerMessage(EventId = 360, Level = LogLevel.Warning, Message = "{Count} exposures and outcomes wait for the database: {Reason}")]
    private static partial void NotStored(ILogger logger, int count, string reason);
}
