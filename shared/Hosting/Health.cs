using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Splitrail.Hosting;

/// <summary>Something the service leans on. Register implementations as singletons; /health asks them all.</summary>
public interface IDependencyCheck
{
    string Name { get; }

    ValueTask<DependencyStatus> CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Status"><c>healthy</c> or <c>degraded</c>.</param>
/// <param name="Detail">What was found, for a person.</param>
public sealed record DependencyStatus(string Status, string Detail)
{
    public static DependencyStatus Healthy(string detail) => new("healthy", detail);

    public static DependencyStatus Degraded(string detail) => new("degraded", detail);
}

internal sealed record Liveness(string Status);

internal sealed record ReadinessReport(string Status, IReadOnlyList<string> WaitingFor);

internal sealed record HealthReport(string Status, string Service, IReadOnlyDictionary<string, DependencyStatus> Checks);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(ReadinessReport))]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;

/// <summary>/health/live says the process turns, /health/ready that it may get traffic, /health what it leans on.</summary>
internal static class Health
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", static () => TypedResults.Json(new Liveness("alive"), HealthJson.Default.Liveness)).ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).ExcludeFromDescription();
        routes.MapGet("/health", Report).ExcludeFromDescription();
    }

    private static JsonHttpResult<ReadinessReport> Ready(Readiness readiness) => readiness.IsReady
        ? TypedResults.Json(new ReadinessReport("ready", []), HealthJson.Default.ReadinessReport)
        : TypedResults.Json(
            new ReadinessReport("starting", readiness.WaitingFor),
            HealthJson.Default.ReadinessReport,
            statusCode: StatusCodes.Status503ServiceUnavailable);

    private static async Task<JsonHttpResult<HealthReport>> Report(
        ServiceIdentity identity, Readiness readiness, IEnumerable<IDependencyCheck> checks, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(CheckTimeout);
        var names = checks.ToArray();
        var results = await Task.WhenAll(names.Select(check => Ask(check, limited.Token)));
        var report = new SortedDictionary<string, DependencyStatus>(StringComparer.Ordinal)
        {
            ["warm_up"] = readiness.IsReady
                ? DependencyStatus.Healthy("ready")
                : DependencyStatus.Degraded($"waiting for {string.Join(", ", readiness.WaitingFor)}"),
        };
        for (var i = 0; i < names.Length; i++)
            report[names[i].Name] = results[i];
        var status = report.Values.All(static check => check.Status == "healthy") ? "healthy" : "degraded";
        return TypedResults.Json(new HealthReport(status, identity.AppId, report), HealthJson.Default.HealthReport);
    }

    private static async Task<DependencyStatus> Ask(IDependencyCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return await check.CheckAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A check that fails IS the finding: it is reported, not thrown at whoever asks for the report.
            return DependencyStatus.Degraded($"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
