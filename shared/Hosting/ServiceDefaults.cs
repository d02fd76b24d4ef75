using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Splitrail.Dapr;
using Splitrail.Contracts;
using Splitrail.Telemetry;

namespace Splitrail.Hosting;

/// <summary>What every service of the suite has: logs, metrics, traces, health, request ids and problem details.</summary>
public static class ServiceDefaults
{
    /// <summary>
    /// A builder with the suite's defaults. Settings come from arguments and environment only: services ship no appsettings.json,
    /// because a host that references two of them could not be published.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, string appId)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024; // daprd's own limit: more would not pass the sidecar
        });
        builder.Logging.AddSplitrailLogging(builder.Configuration);
        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        services.AddSingleton(new ServiceIdentity(appId));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>();
        services.AddSingleton<RequestLogging>();
        services.AddSingleton<PrometheusExporter>();
        services.AddTracing(builder.Configuration, appId);
        services.AddTransient<RequestIdHandler>();
        services.AddDapr(builder.Configuration);
        services.AddHttpClient(DaprRegistration.HttpClientName).AddHttpMessageHandler<RequestIdHandler>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = AddRequestId);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static json =>
        {
            // A context's own naming policy is ignored when it is only a resolver of other options.
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
        });
        return builder;
    }

    /// <summary>Middleware and endpoints common to all services; call it before mapping the service's own.</summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        // Subscribed before the first measurement, so that nothing is missing from /metrics.
        app.Services.GetRequiredService<PrometheusExporter>().Start();
        app.UseMiddleware<RequestEnvelope>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = static exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            // The log is written by RequestEnvelope with request id and latency.
            SuppressDiagnosticsCallback = static _ => true,
        });
        app.UseStatusCodePages();
        app.MapHealth();
        app.MapGet("/metrics", static (PrometheusExporter exporter, HttpRequest request) =>
        {
            var format = ExpositionFormats.AskedFor(request);
            return Results.Text(exporter.Write(format), format.ContentType());
        }).ExcludeFromDescription();
        return app;
    }

    private static void AddRequestId(ProblemDetailsContext context)
    {
        context.ProblemDetails.Extensions["request_id"] = RequestId.Current;
        if (context.Exception is BadHttpRequestException bad)
            context.ProblemDetails.Detail ??= bad.InnerException?.Message ?? bad.Message;
        context.ProblemDetails.Extensions.Remove("traceId");
        if (Activity.Current is { } activity)
            context.ProblemDetails.Extensions["trace_id"] = activity.TraceId.ToHexString();
    }
}

/// <summary>Which service this host is: a process may hold several.</summary>
public sealed record ServiceIdentity(string AppId);
