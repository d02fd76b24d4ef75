using Splitrail.Hosting;

namespace Splitrail.Gateway;

/// <summary>What makes the endpoints one API: its OpenAPI document, and problem documents that say what to do.</summary>
internal static class PublicApi
{
    public static void AddPublicApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(static json => GatewayJson.MakeStrict(json.SerializerOptions));
        services.AddOpenApi(static options => options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "Splitrail";
            document.Info.Version = typeof(PublicApi).Assembly.GetName().Version?.ToString(3) ?? "unknown";
            document.Info.Description = "Product recommendations in real time. Errors are application/problem+json; bad input names the member, the value and the rule.";
            return Task.CompletedTask;
        }));
        services.PostConfigure<ProblemDetailsOptions>(static options => options.CustomizeProblemDetails += SayWhatToDo);
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
