using System.Diagnostics;
using System.Net.Http.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Monitoring;

/// <summary>The suite with a collector of traces: what it tells of one request.</summary>
public sealed class TracingTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private TraceCollector _collector = null!;
    private InProcessSuite _suite = null!;

    public async Task InitializeAsync()
    {
        _collector = await TraceCollector.StartAsync();
        string[] export = [$"--OTEL_EXPORTER_OTLP_ENDPOINT={_collector.Address}"];
        var options = await TrainedShop.CopyAsync();
        _suite = new InProcessSuite(options with
        {
            ExtraArguments = AppIds.All.ToDictionary(static app => app, app => (IReadOnlyList<string>)(app == AppIds.Gateway ? [.. export, .. TrainedShop.Patient] : export)),
        });
        await _suite.StartAsync();
        using var http = new HttpClient();
        await SuiteReadiness.WaitAsync(_suite.Layout, http, TimeSpan.FromMinutes(1), static _ => { });
    }

    public async Task DisposeAsync()
    {
        await _suite.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task A_callers_trace_goes_through_gateway_sidecars_broker_and_handlers()
    {
        var recommended = await SendAsync("/v1/recommendations", new { user_id = "traced", num_items = 10 });
        await Eventually.ReachesAsync(
            () => Task.FromResult(_collector.NamesOf(recommended)),
            static names => new[] { "POST /v1/recommendations", "POST /v1/context", "POST /v1/candidates", "POST /v1/rank" }.All(route => names.Contains(route, StringComparison.Ordinal)),
            "a recommendation is one trace through all stages", s_patience);

        var posted = await SendAsync("/v1/events", new { event_id = "traced-1", type = "view", session_id = "traced", item_id = "any" });
        await Eventually.ReachesAsync(
            () => Task.FromResult(_collector.NamesOf(posted)),
            static names => new[] { "POST /v1/events", "process /events/interactions", "process /events/outcomes" }.All(name => names.Contains(name, StringComparison.Ordinal)),
            "an event is one trace to both of its handlers", s_patience);
    }

    [Fact]
    public async Task Durations_go_to_the_collector_in_buckets_that_straddle_the_targets()
    {
        await SendAsync("/v1/recommendations", new { user_id = "traced", num_items = 10 });
        // At its end every service sends what it has.
        await _suite.DisposeAsync();

        foreach (var metric in new[] { "splitrail.recommendation.duration", "http.server.request.duration" })
        {
            var bounds = _collector.BoundsOf(metric).ShouldNotBeNull(metric);
            foreach (var target in new[] { 0.015, 0.03, 0.05, 0.08, 0.1, 0.3 })
                bounds.ShouldContain(target, metric);
        }
    }

    /// <returns>The trace.</returns>
    private async Task<string> SendAsync(string path, object body)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var http = new HttpClient { BaseAddress = _suite.Layout.Gateway };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var answer = await http.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return trace;
    }
}
