using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Splitrail.Sql;

/// <summary>A lost database is a 503: it counts as a failure at the caller's breaker, as it should.</summary>
internal sealed class DatabaseAwayHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not DatabaseAwayException)
            return false;
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            Exception = exception,
            ProblemDetails = { Title = "Database away", Detail = exception.Message, Status = StatusCodes.Status503ServiceUnavailable },
        });
    }
}
