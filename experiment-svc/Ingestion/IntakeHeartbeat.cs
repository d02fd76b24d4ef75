using Splitrail.Contracts;
using Splitrail.Dapr;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// Publishes a message with nothing in it to each topic that the sums are made of. It comes back when everything before it was delivered, and says so (<see cref="IntakeMarks"/>). While the broker does not take it
/// the sums grow old, which is what they are.
/// </summary>
internal sealed partial class IntakeHeartbeat(DaprClient dapr, IngestionOptions options, TimeProvider time, ILogger<IntakeHeartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Heartbeat, time, stoppingToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(s_limit);
            var exposures = await dapr.PublishEventAsync(Topics.PubSub, Topics.Exposures, new ExposureBatch([]), ContractsJson.Default.ExposureBatch, cancellationToken: limit.Token);
            var outcomes = await dapr.PublishEventAsync(Topics.PubSub, Topics.Interactions, new ShopEventBatch([]), ContractsJson.Default.ShopEventBatch, cancellationToken: limit.Token);
            if ((exposures.Fault ?? outcomes.Fault) is { } fault)
                NotTaken(logger, fault);
        }
    }

    [LoggerMessage(EventId = 365, Level = LogLevel.Debug, Message = "The broker does not take the heartbeat: {Fault}")]
    private static partial void NotTaken(ILogger logger, DaprFault fault);
}
