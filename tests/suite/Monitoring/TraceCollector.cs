using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>An OpenTelemetry collector (OTLP over gRPC) that keeps the spans' names by trace, and the bounds of histograms.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _names = new();
    private readonly ConcurrentDictionary<string, double[]> _bounds = new();

    private TraceCollector(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<TraceCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        var collector = new TraceCollector(builder.Build());
        collector._app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", collector.TakeAsync);
        collector._app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", collector.TakeMetricsAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>The names of a trace's spans, in order.</summary>
    public string NamesOf(string trace) => _names.TryGetValue(trace, out var names) ? string.Join(" | ", names.Keys.Order(StringComparer.Ordinal)) : $"none, of {_names.Count} traces";

    /// <summary>Upper ends of a histogram's buckets; null when none came.</summary>
    public double[]? BoundsOf(string metric) => _bounds.GetValueOrDefault(metric);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        ReadSpans(await MessageAsync(context));
        await AcceptAsync(context);
    }

    private async Task TakeMetricsAsync(HttpContext context)
    {
        ReadMetrics(await MessageAsync(context));
        await AcceptAsync(context);
    }

    /// <summary>gRPC: a byte that says whether it is compressed, four of length, the message.</summary>
    private static async Task<ReadOnlyMemory<byte>> MessageAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = body.ToArray();
        return message.Length > 5 && message[0] == 0 ? message.AsMemory(5, BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(1))) : default;
    }

    private static async Task AcceptAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>ExportTraceServiceRequest.resource_spans (1) → scope_spans (2) → spans (2): trace_id (1), name (5).</summary>
    private void ReadSpans(ReadOnlyMemory<byte> request)
    {
        foreach (var span in Fields(request, 1).SelectMany(static one => Fields(one, 2)).SelectMany(static one => Fields(one, 2)))
        {
            var trace = Convert.ToHexStringLower(Fields(span, 1).Single().Span);
            var name = System.Text.Encoding.UTF8.GetString(Fields(span, 5).Single().Span);
            _names.GetOrAdd(trace, static _ => new()).TryAdd(name, true);
        }
    }

    /// <summary>ExportMetricsServiceRequest.resource_metrics (1) → scope_metrics (2) → metrics (2): name (1), histogram (9) → data_points (1) → explicit_bounds (7).</summary>
    private void ReadMetrics(ReadOnlyMemory<byte> request)
    {
        foreach (var metric in Fields(request, 1).SelectMany(static one => Fields(one, 2)).SelectMany(static one => Fields(one, 2)))
        {
            foreach (var bounds in Fields(metric, 9).SelectMany(static one => Fields(one, 1)).SelectMany(static one => Fields(one, 7)))
                _bounds[System.Text.Encoding.UTF8.GetString(Fields(metric, 1).Single().Span)] = MemoryMarshal.Cast<byte, double>(bounds.Span).ToArray();
        }
    }

    /// <summary>The values of a field that has a length.</summary>
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int number)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        var input = new CodedInputStream(message.ToArray());
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                found.Add(input.ReadBytes().Memory);
            else
                input.SkipLastField();
        }

        return found;
    }
}
