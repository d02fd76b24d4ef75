using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Impressions;

namespace Splitrail.ExperimentSvc;

/// <summary>Served lists from the broker, and for the trainer.</summary>
internal static class ImpressionEndpoints
{
    /// <summary>Where the declarative subscription of topic <c>impressions</c> points to.</summary>
    public const string Route = "/events/impressions";

    private const string NextHeader = "X-Next";
    private const int UsualDays = 14;
    private const int MostDays = 3650;

    public static void MapImpressionIntake(this IEndpointRouteBuilder routes)
    {
        var intake = routes.ServiceProvider.GetRequiredService<ImpressionIntake>();
        routes.MapBulkSubscription(Route, ContractsJson.Default.ImpressionBatch, intake.TakeAsync, intake.CountUnreadableAsync);
    }

    public static void MapImpressions(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/experiments/impressions", Export)
        .WithSummary("Served lists and what came of them")
        .WithDescription($"JSON lines for the trainer, of what arrived in the last days, about a megabyte at a time: while {NextHeader} is there, ask again with its value as after.")
        .Produces(StatusCodes.Status200OK, contentType: ImpressionExport.ContentType)
        .For(Role.Editor);

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Export(
        string? days, string? after, ImpressionExport export, TimeProvider time, HttpResponse response, CancellationToken cancellationToken)
    {
        var wanted = UsualDays;
        if (days is not null && !(int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out wanted) && wanted is >= 1 and <= MostDays))
            return Refusal.Bad("days", days, $"must be a whole number from 1 to {MostDays}").ToProblem();
        var place = after is null ? ExportPlace.Start((time.GetUtcNow() - TimeSpan.FromDays(wanted)).ToUnixTimeMilliseconds()) : ExportPlace.Parse(after);
        if (place is null)
            return Refusal.Bad("after", after, $"must be what {NextHeader} of the page before said").ToProblem();
        var (lines, next) = await export.PageAsync(place, cancellationToken);
        if (next is not null)
            response.Headers[NextHeader] = next.ToString();
        return TypedResults.Text(lines, ImpressionExport.ContentType);
    }
}
