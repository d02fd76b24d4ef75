using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Gateway.Events;
using Splitrail.Input;

namespace Splitrail.Gateway;

internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/events", Post)
        .WithSummary("Post what shoppers did")
        .WithDescription("An event, a list of events, or {\"events\": [...]}; at most 1000. 202 once the broker has them for good, else 503 and nothing is promised.")
        .Produces<EventsAccepted>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Accepted<EventsAccepted>, ProblemHttpResult>> Post(
        EventsBody body, EventIntake intake, TimeProvider time, HttpResponse response)
    {
        if (!body.TryGet(out var requests, out var problem))
        {
            intake.Refuse(1);
            return problem;
        }

        if (Read(body, requests, time.GetUtcNow(), out var events) is { } bad)
        {
            intake.Refuse(events.Length);
            return bad.ToProblem();
        }

        return await intake.PublishAsync(events) is { } fault
            ? Unavailable.Problem(response, "The events were not taken: the broker does not answer. Post them again with the same event_id.", fault)
            : TypedResults.Accepted((string?)null, new EventsAccepted(events.Length, [.. events.Select(static one => one.EventId)]));
    }

    private static InputFault? Read(EventsBody body, IReadOnlyList<EventRequest?> requests, DateTimeOffset now, out ShopEvent[] events)
    {
        events = new ShopEvent[requests.Count];
        if (requests.Count is < 1 or > EventRules.MaxBatch)
        {
            var member = body.Prefix.Length == 0 ? "body" : body.Prefix;
            return new InputFault(member, new RawJson($"a list of {requests.Count}"), $"must have 1 to {EventRules.MaxBatch} events");
        }

        for (var i = 0; i < events.Length; i++)
        {
            var path = body.IsSingle ? "" : $"{body.Prefix}[{i}].";
            if (EventRules.Read(requests[i], path, now, out var made) is { } fault)
                return fault;
            events[i] = made!;
        }

        return null;
    }
}
