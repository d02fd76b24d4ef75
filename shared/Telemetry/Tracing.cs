using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Splitrail.Telemetry;

internal static class Tracing
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTracing(this IServiceCollection services, IConfiguration configuration, string appId)
    {
        services.AddHostedService<TraceContextListener>();
        if (configuration[EndpointKey] is { Length: > 0 } endpoint)
            services.AddHostedService(_ => new OtlpExport(new Uri(endpoint), appId));
    }
}

/// <summary>Without a listener ASP.NET starts no Activity and the W3C trace context would end at the first hop.</summary>
internal sealed class TraceContextListener : IHostedService, IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ActivitySource.AddActivityListener(_listener);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();
}

/// <summary>Sends traces and metrics to an OpenTelemetry collector when an endpoint is configured.</summary>
internal sealed class OtlpExport(Uri endpoint, string appId) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(appId, serviceNamespace: "splitrail");
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Splitrail.*")
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint)
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Splitrail.*")
            .AddView(Buckets)
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint)
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>OpenTelemetry's own bounds begin at 5, which of seconds is everything.</summary>
    private static MetricStreamConfiguration? Buckets(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s" } duration ? new ExplicitBucketHistogramConfiguration { Boundaries = [.. DurationBounds.Of(duration)] } : null;

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
