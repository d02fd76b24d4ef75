using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Metrics;
using Splitrail.ExperimentSvc.Reasons;
using Splitrail.ExperimentSvc.Rules;
using Splitrail.ExperimentSvc.Schedules;
using Splitrail.Input;
using Splitrail.Retrieval;

namespace Splitrail.ExperimentSvc;

/// <summary>Layers, the global holdout, flags, imports, and what definitions may name. Public; the gateway proxies it.</summary>
internal static class SettingEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/experiments/schema", Schema);
        routes.MapPost("/v1/experiments/import", Import);
        routes.MapGet("/v1/layers", Layers);
        routes.MapPost("/v1/layers", CreateLayer);
        routes.MapGet("/v1/layers/{id}", Layer);
        routes.MapPut("/v1/layers/{id}", SaveLayer);
        routes.MapGet("/v1/holdout", Holdout);
        routes.MapPut("/v1/holdout", SaveHoldout);
        routes.MapGet("/v1/flags", Flags);
        routes.MapPut("/v1/flags", SaveFlags);
    }

    private static async Task<Ok<SchemaView>> Schema(DefinitionStore store, CancellationToken cancellationToken) => TypedResults.Ok(new SchemaView(
        ParameterSchema.Rules.ToDictionary(static rule => rule.Name, static rule => rule.Values),
        CandidateSources.Table.Names,
        [.. (await store.ReadAsync(cancellationToken)).Models.Keys],
        LayerRules.Flags,
        ExperimentStates.Names,
        MetricTable.Names,
        DimensionTable.Names,
        ExperimentTypes.All,
        MetricRoles.All,
        RampGates.All,
        ReasonKinds.All,
        AudienceAttributes.All,
        AudienceOperators.All,
        LayerHashes.All,
        UnitKinds.All,
        SlotMap.Slots));

    private static async Task<Results<Ok<Imported>, ProblemHttpResult>> Import(
        StrictBody<DefinitionFile> body, Editor editor, ExperimentReader reader, ExperimentOptions options, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var file, out var problem))
            return problem;
        if (options.RequireApproval)
        {
            return new Refusal(
                StatusCodes.Status409Conflict,
                "Second person needed",
                "An import could start or change what users meet without a second person: with ExperimentSvc:RequireApproval use the single edits.").ToProblem();
        }

        var outcome = await editor.RunAsync(ImportEdit.Of(file, RequestActor.Of(request)), cancellationToken);
        if (outcome.Refusal is { } refusal)
            return refusal.ToProblem();
        return TypedResults.Ok(new Imported(
            [.. file.Layers.Select(static layer => layer.Id)],
            [.. file.Layers.SelectMany(static layer => layer.Experiments).Select(static experiment => experiment.Id)],
            outcome.Snapshot?.Version ?? reader.SnapshotVersion));
    }

    private static async Task<Ok<LayerList>> Layers(DefinitionStore store, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return TypedResults.Ok(new LayerList(LayerViews.Of(set)));
    }

    private static async Task<Results<Ok<LayerView>, ProblemHttpResult>> Layer(string id, DefinitionStore store, HttpResponse response, CancellationToken cancellationToken)
    {
        var set = await store.ReadAsync(cancellationToken);
        return set.Layers.ContainsKey(id) ? TypedResults.Ok(Tagged(set, id, response)) : Refusal.Unknown("layer", id, set.Layers.Keys).ToProblem();
    }

    private static async Task<Results<Created<LayerView>, ProblemHttpResult>> CreateLayer(
        StrictBody<DefinedLayer> body, Editor editor, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        var outcome = await editor.RunAsync(SettingEdits.CreateLayer(wanted, RequestActor.Of(context.Request)), cancellationToken);
        return outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Created($"/v1/layers/{wanted.Id}", Tagged(outcome.Definitions, wanted.Id, context.Response));
    }

    private static async Task<Results<Ok<LayerView>, ProblemHttpResult>> SaveLayer(
        string id, StrictBody<DefinedLayer> body, Editor editor, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (!EntityTags.TryRequire(context.Request, out var version, out var missing))
            return missing!.ToProblem();
        var outcome = await editor.RunAsync(SettingEdits.SaveLayer(id, wanted, version, RequestActor.Of(context.Request)), cancellationToken);
        return outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Tagged(outcome.Definitions, id, context.Response));
    }

    private static async Task<Ok<HoldoutView>> Holdout(DefinitionStore store, HttpResponse response, CancellationToken cancellationToken) =>
        TypedResults.Ok(Tagged((await store.ReadAsync(cancellationToken)).Holdout, response));

    private static async Task<Results<Ok<HoldoutView>, ProblemHttpResult>> SaveHoldout(StrictBody<DefinedHoldout> body, Editor editor, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (!EntityTags.TryRequire(context.Request, out var version, out var missing))
            return missing!.ToProblem();
        var outcome = await editor.RunAsync(SettingEdits.SaveHoldout(wanted, version, RequestActor.Of(context.Request)), cancellationToken);
        return outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Tagged(outcome.Definitions.Holdout, context.Response));
    }

    private static async Task<Ok<FlagsView>> Flags(DefinitionStore store, HttpResponse response, CancellationToken cancellationToken) =>
        TypedResults.Ok(Tagged((await store.ReadAsync(cancellationToken)).Flags, response));

    private static async Task<Results<Ok<FlagsView>, ProblemHttpResult>> SaveFlags(StrictBody<FlagSet> body, Editor editor, HttpContext context, CancellationToken cancellationToken)
    {
        if (!body.TryGet(out var wanted, out var problem))
            return problem;
        if (!EntityTags.TryRequire(context.Request, out var version, out var missing))
            return missing!.ToProblem();
        var outcome = await editor.RunAsync(SettingEdits.SaveFlags(wanted, version, RequestActor.Of(context.Request)), cancellationToken);
        return outcome.Refusal is { } refusal ? refusal.ToProblem() : TypedResults.Ok(Tagged(outcome.Definitions.Flags, context.Response));
    }

    private static LayerView Tagged(DefinitionSet set, string id, HttpResponse response)
    {
        response.Tag(set.Layers[id].Version);
        return LayerViews.Of(set, set.Layers[id]);
    }

    private static HoldoutView Tagged(Held<DefinedHoldout> held, HttpResponse response)
    {
        response.Tag(held.Version);
        return new HoldoutView(held.Value, held.Version);
    }

    private static FlagsView Tagged(Held<FlagSet> held, HttpResponse response)
    {
        response.Tag(held.Version);
        return new FlagsView(LayerRules.Flags.ToDictionary(static flag => flag, flag => held.Value.Flags.GetValueOrDefault(flag, true)), held.Version);
    }
}
