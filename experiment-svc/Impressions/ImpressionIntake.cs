using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Interleaving;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Impressions;

/// <summary>
/// Takes served lists from the broker: those with features are kept for the trainer, the teams of interleaved ones go into the sums by the way of all events. A message with something wrong in it is dropped once
/// its good part is stored, as with exposures.
/// </summary>
internal sealed partial class ImpressionIntake(ServedListStore store, IntakeWriter writer, ExclusionRules exclusions, TimeProvider time, ILogger<ImpressionIntake> logger)
{
    /// <returns>What becomes of each message, in their order.</returns>
    public async Task<IReadOnlyList<Acknowledgement>> TakeAsync(IReadOnlyList<CloudEvent<ImpressionBatch>> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<Impression> good = [];
        var refused = messages.Select(message => Read(message.Data.Impressions, now, good)).ToArray();
        TeamList[] teams = [.. good.Where(static one => one.Interleaving is not null).Select(TeamList.Of)];
        var isStored = await StoreAsync(good, now, cancellationToken)
            && await writer.StoreAsync(new IntakeDelivery([], [], [.. refused.SelectMany(static ones => ones)], teams: teams), cancellationToken);
        return [.. refused.Select(ones => ones.Count > 0 ? Acknowledgement.Drop : isStored ? Acknowledgement.Success : Acknowledgement.Retry)];
    }

    /// <summary>Counts messages that could not be read at all.</summary>
    public Task CountUnreadableAsync(int messages, CancellationToken cancellationToken) =>
        writer.StoreAsync(new IntakeDelivery([], [], [.. Enumerable.Repeat(new RefusedEvent("", QualityReasons.Unreadable, null, 0), messages)]), cancellationToken);

    private List<RefusedEvent> Read(IReadOnlyList<Impression>? impressions, DateTimeOffset now, List<Impression> good)
    {
        if (impressions is null)
            return [new RefusedEvent("", QualityReasons.Unreadable, null, 0)];
        List<RefusedEvent> refused = [];
        foreach (var one in impressions)
        {
            if (ImpressionRules.FaultOf(one, now) is not { } fault)
            {
                good.Add(one);
                continue;
            }

            Refused(logger, fault.Reason, fault.Text);
            refused.Add(new RefusedEvent("", fault.Reason, null, 0));
        }

        return refused;
    }

    /// <summary>What bots are shown teaches nothing.</summary>
    private async Task<bool> StoreAsync(List<Impression> good, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ServedList[] lists = [.. good.Where(one => one.FeatureSet is not null && !exclusions.Excludes(one.Unit)).Select(one => ServedList.Of(one, now.ToUnixTimeMilliseconds()))];
        try
        {
            await store.WriteAsync(lists, cancellationToken);
            return true;
        }
        catch (DatabaseAwayException away)
        {
            NotStored(logger, lists.Length, away.Message);
            return false;
        }
    }

    [LoggerMessage(EventId = 365, Level = LogLevel.Warning, Message = "A served list is refused and its message goes to the dead letters: {Reason}, {Text}")]
    private static partial void Refused(ILogger logger, string reason, string text);

    [LoggerMessage(EventId = 366, Level = LogLevel.Warning, Message = "{Count} served lists wait for the database: {Reason}")]
    private static partial void NotStored(ILogger logger, int count, string reason);
}
