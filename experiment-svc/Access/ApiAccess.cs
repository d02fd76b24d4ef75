using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.ExperimentSvc.Api;

namespace Splitrail.ExperimentSvc.Access;

/// <summary>
/// Who may call the API. Open, it takes the name in <c>X-Actor</c> for granted; with keys it asks for <c>Authorization: Bearer KEY</c> of one of the console's accounts, whose role holds here as there
/// and whose name is who it was, whatever <c>X-Actor</c> says.
/// </summary>
internal static class ApiAccess
{
    private const string Scheme = "Bearer ";

    /// <summary>Who an endpoint is for; without this: reading is for viewers, and all else for administrators.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, Role least)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(least));

    /// <summary>Guards all endpoints of a group.</summary>
    public static TBuilder WithKeys<TBuilder>(this TBuilder group, bool required, IReadOnlyList<Account> accounts)
        where TBuilder : IEndpointConventionBuilder => required ? group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (Find(http.Request, accounts) is not { } account)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
                return Refused(StatusCodes.Status401Unauthorized, "Key needed", "Say who you are: send the key of an account as 'Authorization: Bearer KEY'.");
            }

            var least = http.GetEndpoint()?.Metadata.GetMetadata<Needed>()?.Least ?? (HttpMethods.IsGet(http.Request.Method) ? Role.Viewer : Role.Admin);
            if (account.Role < least)
                return Refused(StatusCodes.Status403Forbidden, "Role needed", $"'{account.Name}' has the role {account.Role.NameOf()}, and this needs {least.NameOf()}.");
            RequestActor.Set(http, account.Name);
            return await next(context);
        }) : group;

    private static Account? Find(HttpRequest request, IReadOnlyList<Account> accounts)
    {
        if (request.Headers.Authorization is not [{ } sent] || !sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var key = sent[Scheme.Length..].Trim();
        // All are looked at, so that the time does not tell which account was near.
        Account? found = null;
        foreach (var account in accounts)
            found = account.Opens(key) ? account : found;
        return found;
    }

    private static ProblemHttpResult Refused(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);

    private sealed record Needed(Role Least);
}
