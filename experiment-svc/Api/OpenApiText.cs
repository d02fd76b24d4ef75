using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>The OpenAPI document of what owners use: the inner data plane is not in it.</summary>
internal static class OpenApiText
{
    /// <summary>Below a prefix that the gateway hands on.</summary>
    public const string Path = "/v1/experiments/openapi";

    public static void Write(OpenApiOptions options)
    {
        options.ShouldInclude = static description => description.RelativePath is { } path
            && (path.StartsWith("v1/experiments", StringComparison.Ordinal) || path.StartsWith("v1/layers", StringComparison.Ordinal)
                || path.StartsWith("v1/models", StringComparison.Ordinal) || path is "v1/holdout" or "v1/flags" or "v1/power");
        options.AddDocumentTransformer(static (document, _, _) => Introduce(document.Info));
        options.AddOperationTransformer(static (operation, context, _) => AddHeaders(operation, context.Description.HttpMethod, context.Description.RelativePath ?? ""));
    }

    private static Task Introduce(OpenApiInfo info)
    {
        info.Title = "Splitrail control plane";
        info.Version = typeof(OpenApiText).Assembly.GetName().Version?.ToString(3) ?? "unknown";
        info.Description = "Experiments, layers, holdouts, flags and models. Every answer about one of them carries its version as ETag; saving needs it as If-Match. Errors are application/problem+json.";
        return Task.CompletedTask;
    }

    private static Task AddHeaders(OpenApiOperation operation, string? method, string path)
    {
        if (method == "GET")
            return Task.CompletedTask;
        Add(operation, RequestActor.Header, "Who asks, for the audit log; anonymous when missing. It is no authentication.", required: false);
        if (method == "PUT" || path.EndsWith("/undo", StringComparison.Ordinal))
            Add(operation, "If-Match", "The ETag of the version that was edited.", required: true);
        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string name, string description, bool required) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });
}
