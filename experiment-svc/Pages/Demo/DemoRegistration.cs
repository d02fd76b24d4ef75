using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>The shop window at <c>/demo</c>, where the settings open it.</summary>
internal static class DemoRegistration
{
    public static void AddDemo(this IServiceCollection services) => services.AddSingleton<DemoShop>();

    public static void MapDemo(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<StorefrontOptions>().Demo)
            return;
        var pages = app.MapGroup("").ExcludeFromDescription().DisableAntiforgery();
        pages.AddEndpointFilter(static (context, next) =>
        {
            PageHeaders.Protect(context.HttpContext.Response.Headers);
            return IsOurs(context.HttpContext.Request)
                ? next(context)
                : ValueTask.FromResult<object?>(TypedResults.Problem("This form came from another site.", statusCode: StatusCodes.Status400BadRequest));
        });
        pages.MapDemoPages();
        pages.MapDemoActions();
    }

    /// <summary>Browsers say where a form was. Who has none of them can speak to the public API as well.</summary>
    private static bool IsOurs(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
}
