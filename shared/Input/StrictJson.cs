using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Splitrail.Hosting;

namespace Splitrail.Input;

/// <summary>Reading a body with the strict options of the public API.</summary>
public static class StrictJson
{
    /// <summary>Set on the options ASP.NET uses: what is said on a serializer context is ignored there.</summary>
    public static void Tighten(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 16;
    }

    public static JsonTypeInfo<T> TypeOf<T>(HttpContext context) =>
        (JsonTypeInfo<T>)context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.GetTypeInfo(typeof(T));

    /// <summary>Null when the body is JSON, or when there is none: that one is missing, not of a wrong type.</summary>
    public static ProblemHttpResult? RefuseContentType(HttpRequest request) =>
        request.HasJsonContentType() || request is { ContentType: null, ContentLength: null or 0 } ? null : TypedResults.Problem(
            title: "Unsupported media type",
            detail: $"'Content-Type' is {BadInput.Show(request.ContentType)}: must be application/json",
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
