using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Pages.SignIn;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Pages.Guards;

/// <summary>Who may see a page and send a form. A form that is refused comes back with all that was typed.</summary>
internal static class PageGuards
{
    /// <summary>Sends nobody in particular to sign in, and says so when the database is away.</summary>
    public static RouteGroupBuilder GuardPages(this RouteGroupBuilder pages)
    {
        pages.AddEndpointFilter(static async (context, next) =>
        {
            var http = context.HttpContext;
            if (HttpMethods.IsGet(http.Request.Method) && SignedIn.Of(http).Role is null)
                return TypedResults.LocalRedirect($"{ConsolePaths.SignIn}?to={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
            try
            {
                return await next(context);
            }
            catch (DatabaseAwayException away)
            {
                return PageResult.Of<AwayPage>((await Visit.BindAsync(http))!, away.Message, StatusCodes.Status503ServiceUnavailable);
            }
        });
        return pages;
    }

    /// <summary>For what changes something.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, Role least) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var form = (await SentForm.BindAsync(http))!;
        var visit = (await Visit.BindAsync(http))!;
        var refused = !visit.IsSignedIn ? new HeldForm(http.Request.Path, form, "You are signed out. Nothing was saved.", "Sign in in another tab, then send this again.", StatusCodes.Status401Unauthorized)
            : !visit.May(least) ? new HeldForm(
                http.Request.Path, form, $"Your role is {visit.Role!.Value.NameOf()}, and this needs {least.NameOf()}. Nothing was saved.", "Ask somebody with that role.", StatusCodes.Status403Forbidden)
            : !form.IsOurs ? new HeldForm(
                http.Request.Path, form, "This form did not come from a page of yours, or it was open too long. Nothing was saved.",
                "Look at what it would send; if that is what you want, send it again.", StatusCodes.Status400BadRequest)
            : null;
        return refused is null ? await next(context) : PageResult.Of<HeldFormPage>(visit, refused, refused.Status);
    });
}
