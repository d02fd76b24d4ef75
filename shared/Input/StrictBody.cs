using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Splitrail.Input;

/// <summary>A JSON body, or the problem document that says what is wrong with it. The framework's own binding would end in its serializer's words.</summary>
[SuppressMessage("Design", "CA1000", Justification = "ASP.NET finds BindAsync and PopulateMetadata by this shape.")]
public sealed class StrictBody<T> : IEndpointParameterMetadataProvider
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
