using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.ExperimentSvc.Exposures;

namespace Splitrail.ExperimentSvc.Ingestion;

/// <summary>
/// Takes deliveries of the broker. A message with something wrong in it is dropped once its good part is stored, and the dead letters keep it to look at; also while the database is away, because a DROP must be said
/// at the first delivery (<see cref="BulkSubscriptions"/>). What only the database can know to be wrong (an unknown experiment) is counted and done.
/// </summary>
internal sealed partial class BrokerIntake(IntakeWriter writer, ExclusionRules exclusions, TimeProvider time, ILogger<BrokerIntake> logger)
{
    /// <returns>What becomes of each message, in their order.</returns>
    public Task<IReadOnlyList<Acknowledgement>> TakeAsync(IReadOnlyList<CloudEvent<ExposureBatch>> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<Exposure> good = [];
        List<AnswerTally> answers = [];
        var refused = messages.Select(message =>
        {
            var before = good.Count;
            var bad = Read(message.Data.Exposures, exposure => Read(exposure, now, good));
            if (AnswerTally.Of(good.Skip(before), exclusions) is { } tally)
                answers.Add(tally);
            return bad;
        }).ToArray();
        return TakeAsync("exposures", refused, new IntakeDelivery(good, [], [.. refused.SelectMany(static ones => ones)], answers, Marks(Topics.Exposures, messages, now)), cancellationToken);
    }

    /// <returns>What becomes of each message, in their order.</returns>
    public Task<IReadOnlyList<Acknowledgement>> TakeAsync(IReadOnlyList<CloudEvent<OutcomeBatch>> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<Outcome> good = [];
        var refused = messages.Select(message => Read(message.Data.Events, element => Read(element, now, good))).ToArray();
        return TakeAsync("events", refused, new IntakeDelivery([], good, [.. refused.SelectMany(static ones => ones)], marks: Marks(Topics.Interactions, messages, now)), cancellationToken);
    }

    /// <summary>Counts messages that could not be read at all.</summary>
    public Task CountUnreadableAsync(int messages, CancellationToken cancellationToken) =>
        writer.StoreAsync(new IntakeDelivery([], [], [.. Enumerable.Repeat(Unreadable, messages)]), cancellationToken);

    /// <summary>The newest message's time; a publisher whose clock is ahead must not promise what is still to come.</summary>
    private static IntakeMark[] Marks<T>(string topic, IReadOnlyList<CloudEvent<T>> messages, DateTimeOffset now) =>
        messages.Max(static message => message.Time) is { } newest ? [new IntakeMark(topic, Math.Min(newest.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds()))] : [];

    private static RefusedEvent Unreadable { get; } = new("", QualityReasons.Unreadable, null, 0);

    private static List<RefusedEvent> Read<T>(IReadOnlyList<T>? items, Func<T, RefusedEvent?> read) => items is null ? [Unreadable] : [.. items.Select(read).OfType<RefusedEvent>()];

    private static RefusedEvent? Read(Exposure? exposure, DateTimeOffset now, List<Exposure> good)
    {
        if (ExposureRules.FaultOf(exposure, now) is not { } fault)
        {
            good.Add(exposure!);
            return null;
        }

        return new RefusedEvent("", fault.Reason, ShopIds.IsKept(exposure?.ExposureId) ? exposure!.ExposureId : null, Outcome.Hash($"{exposure}"));
    }

    private static RefusedEvent? Read(JsonElement element, DateTimeOffset now, List<Outcome> good)
    {
        if (OutcomeRules.Read(element, now, out var outcome) is not { } fault)
        {
            good.Add(outcome!);
            return null;
        }

        return OutcomeRules.Refused(element, fault);
    }

    private async Task<IReadOnlyList<Acknowledgement>> TakeAsync(
        string noun, List<RefusedEvent>[] refused, IntakeDelivery delivery, CancellationToken cancellationToken)
    {
        foreach (var ones in refused.Where(static ones => ones.Count > 0))
            Refused(logger, ones.Count, noun, ones[0].Reason, ones[0].EventId ?? "without a usable id");
        var isStored = await writer.StoreAsync(delivery, cancellationToken);
        return [.. refused.Select(ones => ones.Count > 0 ? Acknowledgement.Drop : isStored ? Acknowledgement.Success : Acknowledgement.Retry)];
    }

    [LoggerMessage(EventId = 361, Level = LogLevel.Warning, Message = "{Count} {Noun} of a message are refused and it goes to the dead letters; the first is {Reason} ({Id})")]
    private static partial void Refused(ILogger logger, int count, string noun, string reason, string id);
}
