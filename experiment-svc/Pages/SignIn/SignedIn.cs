using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Splitrail.ExperimentSvc.Access;

namespace Splitrail.ExperimentSvc.Pages.SignIn;

/// <summary>Who is signed in, by the proxy in front or by the cookie.</summary>
internal static class SignedIn
{
    public static (string? Name, Role? Role) Of(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<ConsoleOptions>();
        if (options.Proxy?.Find(context.Request) is { } forwarded)
            return (forwarded.Name, forwarded.Role);
        if (context.User.Identity is not { IsAuthenticated: true, Name: { } name })
            return default;
        var claimed = Roles.Find(context.User.FindFirstValue(ClaimTypes.Role));
        // The cookie outlives a change of the settings: who was taken out of them, or has another role by now, is that at once.
        var account = options.Accounts.FirstOrDefault(account => account.Name == name);
        var byLink = context.User.HasClaim(LinkClaim, LinkClaim) && options.LinkToken is not null;
        return byLink ? (name, claimed) : account is null ? default : (name, account.Role);
    }

    public const string LinkClaim = "link";

    /// <param name="context">The request.</param>
    /// <param name="name">Who.</param>
    /// <param name="role">What he may do.</param>
    /// <param name="byLink">By the one-time link, and so without an account.</param>
    public static Task EnterAsync(HttpContext context, string name, Role role, bool byLink)
    {
        List<Claim> claims = [new(ClaimTypes.Name, name), new(ClaimTypes.Role, role.NameOf())];
        if (byLink)
            claims.Add(new Claim(LinkClaim, LinkClaim));
        return context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
    }

    public static Task LeaveAsync(HttpContext context) => context.SignOutAsync();
}
