using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Pages.SignIn;

namespace Splitrail.ExperimentSvc.Pages;

/// <summary>Who looks at a page.</summary>
/// <param name="Name">As in the history; null for nobody.</param>
/// <param name="Role">What he may do; null for nobody.</param>
/// <param name="Token">Goes back with every form, and proves that the form was ours.</param>
/// <param name="Path">What is looked at, with its query.</param>
/// <param name="Now">The page's time.</param>
public sealed record Visit(string? Name, Role? Role, string Token, string Path, DateTimeOffset Now)
{
    public bool IsSignedIn => Role is not null;

    public bool May(Role least) => Role >= least;

    public static ValueTask<Visit?> BindAsync(HttpContext context)
    {
        var (name, role) = SignedIn.Of(context);
        var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken!;
        return ValueTask.FromResult<Visit?>(new Visit(name, role, token, context.Request.Path + context.Request.QueryString, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()));
    }

    /// <summary>A moment as people read it, in UTC, with how long ago where that is more telling.</summary>
    public string Ago(DateTimeOffset at) => (Now - at) switch
    {
        { TotalSeconds: < 5 } => "just now",
        { TotalSeconds: < 90 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalSeconds:0} seconds ago"),
        { TotalMinutes: < 90 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalMinutes:0} minutes ago"),
        { TotalHours: < 36 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalHours:0} hours ago"),
        _ => Shown.Moment(at),
    };
}
