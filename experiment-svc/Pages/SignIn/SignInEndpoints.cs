using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Access;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>Coming and going.</summary>
internal static partial class SignInEndpoints
{
    private const int LongestField = 512;

    public static void MapSignIn(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(ConsolePaths.SignIn, Show);
        pages.MapPost(ConsolePaths.SignIn, Enter);
        pages.MapGet(ConsolePaths.Link + "/{token}", ByLink);
        pages.MapPost(ConsolePaths.SignOut, Leave);
    }

    private static RazorComponentResult<SignInPage> Show(Visit visit, string? to) => PageResult.Of<SignInPage>(visit, new SignInForm("", Safe(to), null));

    private static async Task<IResult> Enter(
        Visit visit, SentForm form, ConsoleOptions options, Lockout lockout, HttpContext context, ILogger<SignInPage> logger)
    {
        var (name, key, to) = (form["name"].Trim(), form["key"], Safe(form["to"]));
        if (!form.IsOurs)
            return Refused(visit, name, to, "This page had been open for too long, or it was not ours. Please try again.", StatusCodes.Status400BadRequest);
        if (name.Length > LongestField || key.Length > LongestField)
            return Refused(visit, "", to, "Name or key is too long.", StatusCodes.Status400BadRequest);
        if (lockout.LeftOf(name) is { Ticks: > 0 } left)
            return Refused(visit, name, to, $"Too many wrong keys. Try again in {Math.Ceiling(left.TotalSeconds):0} seconds.", StatusCodes.Status429TooManyRequests);
        if (options.Accounts.FirstOrDefault(account => account.Name == name) is not { } known || !known.Opens(key))
        {
            lockout.Wrong(name);
            WrongKey(logger, name.Length > 0 && options.Accounts.Any(account => account.Name == name) ? name : "nobody known");
            return Refused(visit, name, to, "Name and key do not belong together.", StatusCodes.Status401Unauthorized);
        }

        lockout.Right(name);
        await SignedIn.EnterAsync(context, known.Name, known.Role, byLink: false);
        return TypedResults.LocalRedirect(to);
    }

    private static async Task<IResult> ByLink(string token, Visit visit, OneTimeLink link, HttpContext context)
    {
        if (!await link.TryUseAsync(token, context.RequestAborted))
            return Refused(visit, "", ConsolePaths.Root, "This link was used already, or it is not the one that was printed. It works once.", StatusCodes.Status401Unauthorized);
        await SignedIn.EnterAsync(context, OneTimeLink.Name, Role.Admin, byLink: true);
        return TypedResults.LocalRedirect(ConsolePaths.Root);
    }

    private static async Task<RedirectHttpResult> Leave(SentForm form, HttpContext context)
    {
        if (form.IsOurs)
            await SignedIn.LeaveAsync(context);
        return TypedResults.LocalRedirect(ConsolePaths.SignIn);
    }

    private static RazorComponentResult<SignInPage> Refused(Visit visit, string name, string to, string problem, int status) => PageResult.Of<SignInPage>(visit, new SignInForm(name, to, problem), status);

    /// <summary>Only back into the console, or a link could lead people through our sign-in to somebody else's page.</summary>
    private static string Safe(string? to) =>
        to is not null && (to == ConsolePaths.Root || to.StartsWith(ConsolePaths.Root + "/", StringComparison.Ordinal)) && !to.Any(char.IsControl) && !to.Contains('\\')
            ? to
            : ConsolePaths.Root;

    [LoggerMessage(EventId = 390, Level = LogLevel.Warning, Message = "A wrong key was given at the console for {Account}")]
    private static partial void WrongKey(ILogger logger, string account);
}
