using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>A page of the shop window as an endpoint's answer, with the visit's cookie.</summary>
internal static class DemoAnswer
{
    public static RazorComponentResult<TPage> Of<TPage>(HttpContext http, Shopper shopper, object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        Keep(http, shopper);
        return new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Model"] = model }) { StatusCode = status };
    }

    public static RedirectHttpResult To(HttpContext http, Shopper shopper, string path)
    {
        Keep(http, shopper);
        return TypedResults.LocalRedirect(path);
    }

    private static void Keep(HttpContext http, Shopper shopper) =>
        ShopperCookie.Write(http.Response, shopper, http.RequestServices.GetRequiredService<ConsoleOptions>().SecureCookie);
}
