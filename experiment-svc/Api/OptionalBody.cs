using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>A JSON body that may be left out; then it is an empty object.</summary>
internal sealed class OptionalBody<T> : IEndpointParameterMetadataProvider
    where T : class, new()
{
    private readonly T? _value;
    private readonly ProblemHttpResult? _problem;

    private OptionalBody(T? value, ProblemHttpResult? problem) => (_value, _problem) = (value, problem);

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (value, problem) = (_value, _problem);
        return problem is null;
    }

    public static async ValueTask<OptionalBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var body = await StrictJson.ReadAsync(context);
        if (body.Length == 0)
            return new(new T(), null);
        if (StrictJson.RefuseContentType(context.Request) is { } refused)
            return new(null, refused);
        var value = StrictJson.Parse(body, StrictJson.TypeOf<T>(context), out var fault);
        return new(value, fault?.ToProblem());
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}
