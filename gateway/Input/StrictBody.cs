using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Splitrail.Gateway.Input;

/// <summary>A JSON body, or the problem document that says what is wrong with it. The framework's own binding would end in its serializer's words.</summary>
internal sealed class StrictBody<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;
    private readonly ProblemHttpResult? _problem;

    private StrictBody(T? value, ProblemHttpResult? problem)
    {
        _value = value;
        _problem = problem;
    }

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        value = _value;
        problem = _problem;
        return problem is null;
    }

    public static async ValueTask<StrictBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (StrictJson.RefuseContentType(context.Request) is { } refused)
            return new(null, refused);
        var body = await StrictJson.ReadAsync(context);
        var value = StrictJson.Parse(body, StrictJson.TypeOf<T>(context), out var fault);
        return new(value, fault?.ToProblem());
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>Reading a body with the strict options of the public API.</summary>
internal static class StrictJson
{
    public static JsonTypeInfo<T> TypeOf<T>(HttpContext context) =>
        (JsonTypeInfo<T>)context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(typeof(T));

    /// <summary>Null when the body is JSON, or when there is none: that one is missing, not of a wrong type.</summary>
    public static ProblemHttpResult? RefuseContentType(HttpRequest request) =>
        request.HasJsonContentType() || request is { ContentType: null, ContentLength: null or 0 } ? null : TypedResults.Problem(
            title: "Unsupported media type",
            detail: $"'Content-Type' is {Hosting.BadInput.Show(request.ContentType)}: must be application/json",
            statusCode: StatusCodes.Status415UnsupportedMediaType);

    public static async ValueTask<byte[]> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var body = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return body;
        }
    }

    public static T? Parse<T>(byte[] body, JsonTypeInfo<T> type, out InputFault? fault)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize(body, type);
            fault = value is null ? new InputFault("body", new RawJson("null"), "must be a JSON object") : null;
            return value;
        }
        catch (JsonException thrown)
        {
            fault = JsonDiagnosis.Of(body, type, thrown);
            return null;
        }
    }
}
