using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.Input;

namespace Splitrail.ExperimentSvc;

/// <summary>The model registry. Public; the gateway proxies it.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", List);
        routes.MapPost("/v1/models", Publish).For(Role.Editor);
        routes.MapGet("/v1/models/history", ProductionHistory);
        routes.MapPost("/v1/models/rollback", RollBack).For(Role.Editor);
        routes.MapGet("/v1/models/{version}", Get);
        routes.MapGet("/v1/models/{version}/compare", Compare);
        routes.MapGet("/v1/models/{version}/history", History);
        routes.MapPost("/v1/models/{version}/activate", Activate);
        routes.MapPost("/v1/models/{version}/stage", Stage);
        routes.MapPost("/v1/models/{version}/archive", Archive);
    }

    private static async Task<Results<Ok<ModelList>, ProblemHttpResult>> List(string? type, string? stage, DefinitionStore store, RegistryReader reader, CancellationToken cancellationToken)
    {
        if (type is not null && !ModelTypes.All.Contains(type))
            return Refusal.Bad("type", type, $"must be one of {string.Join(", ", ModelTypes.All)}").ToProblem();
        if (stage is not null && !ModelStages.All.Contains(stage))
            return Refusal.Bad("stage", stage, $"must be one of {string.Join(", ", ModelStages.All)}").ToProblem();
        return TypedResults.Ok(reader.List(await store.ReadAsync(cancellationToken), type, stage));
    }

    private static async Task<Results<Ok<ModelDetail>, ProblemHttpResult>> Get(string version, DefinitionStore store, ModelRegistry registry, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        if (set.Models.GetValueOrDefault(version)?.Value is not { } model)
            return Refusal.Unknown("model version", version, set.Models.Keys).ToProblem();
        return TypedResults.Ok(new ModelDetail(RegistryReader.View(set, model), model.ManifestJson, await registry.GatesAsync(set, model, cancellationToken)));
    }

    private static async Task<Results<Ok<ModelComparison>, ProblemHttpResult>> Compare(string version, string? with, DefinitionStore store, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        if (set.Models.GetValueOrDefault(version)?.Value is not { } model)
            return Refusal.Unknown("model version", version, set.Models.Keys).ToProblem();
        var other = with ?? model.Manifest.UsedFor.Select(set.Production.Value.Lineup.Of).OfType<string>().LastOrDefault();
        if (other is null)
            return Refusal.Bad("with", with, "must name a version, because none of its types is in production").ToProblem();
        return set.Models.GetValueOrDefault(other)?.Value is { } held
            ? TypedResults.Ok(RegistryReader.Compare(model.Manifest, held.Manifest))
            : Refusal.Unknown("model version", other, set.Models.Keys).ToProblem();
    }

    private static async Task<Results<Created<ModelChange>, Ok<ModelChange>, ProblemHttpResult>> Publish(
        StrictBody<PublishRequest> body, ModelRegistry registry, RegistryReader reader, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (wanted.FaultOf() is { } bad)
            return bad.ToProblem();
        var outcome = await registry.PublishAsync(wanted.Version, RequestActor.Of(request), cancellationToken);
        if (outcome.Refusal is { } refusal)
            return refusal.ToProblem();
        var change = reader.Change(outcome, wanted.Version);
        return change.Changed ? TypedResults.Created($"/v1/models/{wanted.Version}", change) : TypedResults.Ok(change);
    }

    private static async Task<Results<Ok<ModelChange>, ProblemHttpResult>> Activate(
        string version, OptionalBody<ActivateRequest> body, ModelRegistry registry, RegistryReader reader, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        return wanted.FaultOf() is { } bad ? bad.ToProblem() : Answer(await registry.ActivateAsync(version, wanted, RequestActor.Of(request), cancellationToken), version, reader);
    }

    private static async Task<Results<Ok<ModelChange>, ProblemHttpResult>> RollBack(
        OptionalBody<RollBackRequest> body, ModelRegistry registry, RegistryReader reader, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        return wanted.FaultOf() is { } bad ? bad.ToProblem() : Answer(await registry.RollBackAsync(wanted.Version, wanted.Reason, RequestActor.Of(request), cancellationToken), null, reader);
    }

    private static async Task<Results<Ok<ModelChange>, ProblemHttpResult>> Stage(
        string version, StrictBody<StageRequest> body, ModelRegistry registry, RegistryReader reader, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        return wanted.FaultOf() is { } bad
            ? bad.ToProblem()
            : Answer(await registry.StageAsync(version, wanted.Stage, wanted.Types, wanted.Reason, "stage", RequestActor.Of(request), cancellationToken), version, reader);
    }

    private static async Task<Results<Ok<ModelChange>, ProblemHttpResult>> Archive(string version, ModelRegistry registry, RegistryReader reader, HttpRequest request, CancellationToken cancellationToken) =>
        Answer(await registry.StageAsync(version, ModelStages.Archived, null, null, "archive", RequestActor.Of(request), cancellationToken), version, reader);

    private static Task<Results<Ok<ModelHistory>, ProblemHttpResult>> ProductionHistory(HistoryReader history, DefinitionStore store, CancellationToken cancellationToken) =>
        HistoryOf(DefinitionKinds.Production, DefinitionKinds.Production, history, store, cancellationToken);

    private static Task<Results<Ok<ModelHistory>, ProblemHttpResult>> History(string version, HistoryReader history, DefinitionStore store, CancellationToken cancellationToken) =>
        HistoryOf(DefinitionKinds.Model, version, history, store, cancellationToken);

    private static async Task<Results<Ok<ModelHistory>, ProblemHttpResult>> HistoryOf(string kind, string id, HistoryReader history, DefinitionStore store, CancellationToken cancellationToken)
    {
        var changes = await history.OfAsync(kind, id, cancellationToken);
        if (changes.Count == 0 && kind == DefinitionKinds.Model)
            return Refusal.Unknown("model version", id, (await store.ReadAsync(cancellationToken)).Models.Keys).ToProblem();
        return TypedResults.Ok(new ModelHistory(id, changes));
    }

    private static Results<Ok<ModelChange>, ProblemHttpResult> Answer(EditOutcome outcome, string? version, RegistryReader reader) =>
        outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(reader.Change(outcome, version));
}
