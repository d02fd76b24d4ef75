using Splitrail.Hosting;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>
/// Who asks, by the header <c>X-Actor</c>. Whoever can reach the API can write any name there: it says who it was in the audit log, and is no authentication; <see cref="Access.ApiAccess"/> is.
/// </summary>
internal static class RequestActor
{
    public const string Header = "X-Actor";
    public const string Anonymous = "anonymous";

    private const int Longest = 128;

    private static readonly System.Buffers.SearchValues<char> s_characters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@+:");

    public static string Rule { get; } = $"one name of up to {Longest} characters of A-Z, a-z, 0-9 and - _ . @ + :";

    public static bool IsName(string? name) => name is { Length: > 0 and <= Longest } && !name.AsSpan().ContainsAnyExcept(s_characters);

    /// <summary>The account whose key came, where keys are asked for; else what the header says.</summary>
    public static string Of(HttpRequest request) =>
        request.HttpContext.Items.TryGetValue(typeof(RequestActor), out var known) ? (string)known! : request.Headers[Header] is [{ Length: > 0 } name] ? name : Anonymous;

    /// <summary>From now on the request is his.</summary>
    public static void Set(HttpContext http, string name) => http.Items[typeof(RequestActor)] = name;

    /// <summary>Refuses names that would not be readable in a log, for all endpoints of a group.</summary>
    public static TBuilder WithActor<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder => group.AddEndpointFilter(static async (context, next) =>
    {
        var values = context.HttpContext.Request.Headers[Header];
        return values.Count > 1 || values.Any(static value => value is not { Length: <= Longest } || value.AsSpan().ContainsAnyExcept(s_characters))
            ? BadInput.Problem(Header, values.ToString(), $"must be {Rule}")
            : await next(context);
    });
}
