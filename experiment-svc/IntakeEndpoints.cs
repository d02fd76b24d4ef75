using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.ExperimentSvc.Aggregates;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc;

/// <summary>Exposures and shop events from the broker, and what owners can ask about them.</summary>
internal static class IntakeEndpoints
{
    /// <summary>Where the declarative subscription of topic <c>exposures</c> points to.</summary>
    public const string Exposures = "/events/exposures";

    /// <summary>Where this service's subscription of topic <c>interactions</c> points to.</summary>
    public const string Outcomes = "/events/outcomes";

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        var intake = routes.ServiceProvider.GetRequiredService<BrokerIntake>();
        routes.MapBulkSubscription(Exposures, ContractsJson.Default.ExposureBatch, intake.TakeAsync, intake.CountUnreadableAsync);
        routes.MapBulkSubscription(Outcomes, IntakeJson.Default.OutcomeBatch, intake.TakeAsync, intake.CountUnreadableAsync);
    }

    public static void MapQuality(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/experiments/{id}/quality", Quality);
        routes.MapGet("/v1/experiments/{id}/sums", Sums);
        routes.MapPost("/v1/experiments/forget", Forget);
    }

    private static async Task<Results<Ok<ExperimentQuality>, ProblemHttpResult>> Quality(string id, DefinitionStore store, QualityReader reader, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return set.Experiments.ContainsKey(id)
            ? TypedResults.Ok(await reader.ReadAsync(id, cancellationToken))
            : Refusal.Unknown("experiment", id, set.Experiments.Keys).ToProblem();
    }

    private static async Task<Results<Ok<SumsView>, ProblemHttpResult>> Sums(string id, DefinitionStore store, AggregateReader reader, SegmentReader segments, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return set.Experiments.ContainsKey(id)
            ? TypedResults.Ok(SumsView.Of(await reader.ReadAsync(id, cancellationToken), await segments.ReadAsync(id, null, cancellationToken)))
            : Refusal.Unknown("experiment", id, set.Experiments.Keys).ToProblem();
    }

    private static async Task<Results<Ok<Forgotten>, ProblemHttpResult>> Forget(StrictBody<ForgetRequest> body, PersonDeletion deletion, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (wanted.FaultOf() is { } fault)
            return fault.ToProblem();
        return TypedResults.Ok(await deletion.RunAsync(wanted, RequestActor.Of(request), cancellationToken));
    }
}
