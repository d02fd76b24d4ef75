using Microsoft.AspNetCore.Http.HttpResults;
using Splitrail.Contracts;
using Splitrail.Models;

namespace Splitrail.RankingSvc.Checks;

internal static class ModelCheckEndpoints
{
    /// <summary>Shorter than what a sidecar waits for an answer of the data plane.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    public static void MapModelChecks(this IEndpointRouteBuilder routes) => routes.MapPost(InnerPaths.ModelCheck, Check);

    private static async Task<JsonHttpResult<ModelCheckResponse>> Check(
        ModelCheckRequest request, ModelChecks checks, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Json(await AnswerAsync(request.Version ?? "", checks, time, cancellationToken), ContractsJson.Default.ModelCheckResponse);

    private static async Task<ModelCheckResponse> AnswerAsync(string version, ModelChecks checks, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var verdict = await checks.VerdictOf(version).WaitAsync(s_patience, time, cancellationToken);
            return verdict.Fault is { } fault ? new(Outcomes.Invalid, fault) : new(Outcomes.Accepted);
        }
        catch (TimeoutException)
        {
            return new(Outcomes.Pending);
        }
        catch (ModelException missing)
        {
            return new(Outcomes.UnknownModel, missing.Message);
        }
    }
}
