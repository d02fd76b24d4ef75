using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Dapr;

namespace Splitrail.Gateway;

/// <summary>A 503 problem document with Retry-After, for what no fallback can stand in for.</summary>
internal static class Unavailable
{
    private const string RetryAfterSeconds = "1";

    public static ProblemHttpResult Problem(HttpResponse response, string detail, DaprFault fault)
    {
        response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.Problem(
            title: "Unavailable",
            detail: detail,
            statusCode: StatusCodes.Status503ServiceUnavailable,
            extensions: new Dictionary<string, object?> { ["cause"] = fault.Kind.ToString() });
    }
}
