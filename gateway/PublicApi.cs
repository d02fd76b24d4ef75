using Microsoft.OpenApi;
using Splitrail.Hosting;

namespace Splitrail.Gateway;

/// <summary>What makes the endpoints one API: its OpenAPI document, and problem documents that say what to do.</summary>
internal static class PublicApi
{
    public static void AddPublicApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(static json => GatewayJson.MakeStrict(json.SerializerOptions));
        services.AddOpenApi(static options =>
        {
            options.AddDocumentTransformer(static (document, _, _) => Introduce(document.Info));
            options.AddOperationTransformer(static (operation, _, _) => GiveTypes(operation.Parameters ?? []));
        });
        services.PostConfigure<ProblemDetailsOptions>(static options => options.CustomizeProblemDetails += SayWhatToDo);
    }

    private static Task Introduce(OpenApiInfo info)
    {
        info.Title = "Splitrail";
        info.Version = typeof(PublicApi).Assembly.GetName().Version?.ToString(3) ?? "unknown";
        info.Description = "Product recommendations in real time. Errors are application/problem+json; bad input names the member, the value and the rule.";
        return Task.CompletedTask;
    }

    /// <summary>Parameters are read as texts, so that a bad one can be refused in the API's own words; this says what they are.</summary>
    private static Task GiveTypes(IEnumerable<IOpenApiParameter> parameters)
    {
        foreach (var parameter in parameters.OfType<OpenApiParameter>())
        {
            parameter.Schema = new OpenApiSchema
            {
                Type = parameter.Name switch
                {
                    "top_k" or "num_items" or "limit" or "offset" => JsonSchemaType.Integer,
                    "min_price" or "max_price" => JsonSchemaType.Number,
                    "in_stock_only" or "force" or "facets" or "prefix" => JsonSchemaType.Boolean,
                    _ => JsonSchemaType.String,
                },
            };
        }

        return Task.CompletedTask;
    }

    private static void SayWhatToDo(ProblemDetailsContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status404NotFound => $"There is no {BadInput.Show(request.Path.Value)} here; /openapi/v1.json lists what there is.",
            StatusCodes.Status405MethodNotAllowed => $"{request.Method} is not for this path; use {response.Headers.Allow}.",
            StatusCodes.Status415UnsupportedMediaType => $"'Content-Type' is {BadInput.Show(request.ContentType)}: must be application/json",
            _ => null,
        };
    }
}
