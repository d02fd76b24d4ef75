using Splitrail.Dapr;
using Splitrail.Sql;

namespace Splitrail.FeatureSvc.Events;

/// <summary>What is taken in: how it is checked, stored and counted.</summary>
/// <param name="Noun">For logs, in the plural.</param>
/// <param name="FaultOf">Why an item is refused; null when it is good.</param>
/// <param name="StoreAsync">Stores all in one transaction, idempotent by id, and says how many were new.</param>
/// <param name="Count">Counts items by outcome: stored, repeated or invalid.</param>
internal sealed record IntakeRules<T>(
    string Noun, Func<T, DateTimeOffset, string?> FaultOf, Func<IReadOnlyList<T>, CancellationToken, Task<long>> StoreAsync, Action<string, long> Count);

/// <summary>
/// Stores what is good of one delivery in one transaction: a commit costs more than a hundred rows do. A message with a bad item is dropped afterwards, and the dead letters
/// keep it to look at; also while the database is away, because a DROP must be said at the first delivery (<see cref="BulkSubscriptions"/>).
/// </summary>
internal sealed partial class BatchIntake<T>(IntakeRules<T> rules, TimeProvider time, ILogger logger)
{
    /// <param name="messages">The items of each message; null when it has none.</param>
    /// <param name="cancellationToken">The delivery was given up.</param>
    /// <returns>What becomes of each message, in their order.</returns>
    public async Task<IReadOnlyList<Acknowledgement>> TakeAsync(IReadOnlyList<IReadOnlyList<T>?> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var faults = messages.Select(items => items is null ? [$"{rules.Noun} are missing"] : items.Select(item => rules.FaultOf(item, now)).ToArray()).ToArray();
        T[] good = [.. messages.SelectMany((items, i) => (items ?? []).Where((_, j) => faults[i][j] is null))];
        var isStored = await StoreAsync(good, cancellationToken);
        return [.. faults.Select(ones => ones.Any(static fault => fault is not null) ? Refuse(ones) : isStored ? Acknowledgement.Success : Acknowledgement.Retry)];
    }

    private async Task<bool> StoreAsync(T[] good, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await rules.StoreAsync(good, cancellationToken);
            rules.Count("stored", stored);
            rules.Count("repeated", good.Length - stored);
            return true;
        }
        catch (DatabaseAwayException away)
        {
            NotStored(logger, good.Length, rules.Noun, away.Message);
            return false;
        }
    }

    private Acknowledgement Refuse(string?[] faults)
    {
        var bad = faults.Count(static fault => fault is not null);
        rules.Count("invalid", bad);
        Refused(logger, bad, rules.Noun, faults.First(static fault => fault is not null)!);
        return Acknowledgement.Drop;
    }

    [LoggerMessage(EventId = 950, Level = LogLevel.Warning, Message = "{Count} {Noun} wait for the database: {Reason}")]
    private static partial void NotStored(ILogger logger, int count, string noun, string reason);

    [LoggerMessage(EventId = 951, Level = LogLevel.Warning, Message = "{Count} invalid {Noun} refused, the first because {Fault}")]
    private static partial void Refused(ILogger logger, int count, string noun, string fault);
}
