using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Splitrail.Input;

namespace Splitrail.Gateway.Events;

/// <summary>The body of <c>POST /v1/events</c> in any of its three shapes: an event, a list of events, an object with a list.</summary>
internal sealed class EventsBody : IEndpointParameterMetadataProvider
{
    private readonly IReadOnlyList<EventRequest?>? _events;
    private readonly ProblemHttpResult? _problem;

    private EventsBody(IReadOnlyList<EventRequest?>? events, string prefix, ProblemHttpResult? problem)
    {
        _events = events;
        _problem = problem;
        Prefix = prefix;
    }

    /// <summary>What stands before the index in the path of a member: <c>events</c>, or nothing.</summary>
    public string Prefix { get; }

    public bool IsSingle { get; private init; }

    public bool TryGet([NotNullWhen(true)] out IReadOnlyList<EventRequest?>? events, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        events = _events;
        problem = _problem;
        return problem is null;
    }

    public static async ValueTask<EventsBody> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (StrictJson.RefuseContentType(context.Request) is { } refused)
            return new(null, "", refused);
        var body = await StrictJson.ReadAsync(context);
        InputFault? fault;
        switch (ShapeOf(body))
        {
            case Shape.List:
                var list = StrictJson.Parse(body, StrictJson.TypeOf<IReadOnlyList<EventRequest?>>(context), out fault);
                return new(list, "", fault?.ToProblem());
            case Shape.Envelope:
                var batch = StrictJson.Parse(body, StrictJson.TypeOf<EventBatchRequest>(context), out fault);
                if (fault is null && batch?.Events is null)
                    fault = new InputFault("events", null, "must be a list of events");
                return new(batch?.Events, "events", fault?.ToProblem());
            default:
                var single = StrictJson.Parse(body, StrictJson.TypeOf<EventRequest>(context), out fault);
                return new([single], "", fault?.ToProblem()) { IsSingle = true };
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(EventBatchRequest)));

    private static Shape ShapeOf(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!reader.Read())
                return Shape.Event;
            if (reader.TokenType == JsonTokenType.StartArray)
                return Shape.List;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("events"u8))
                    return Shape.Envelope;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Not a question of shape: whoever parses it next says where it breaks.
        }

        return Shape.Event;
    }

    private enum Shape
    {
        Event,
        List,
        Envelope,
    }
}
