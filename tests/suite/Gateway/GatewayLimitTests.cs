using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>A gateway that lets a client make three requests at once and one a minute after that.</summary>
public sealed class GatewayLimitTests : IAsyncLifetime
{
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync(
        "http://127.0.0.1:9", "--Gateway:Limits:PerMinute=1", "--Gateway:Limits:Burst=3", "--Gateway:Limits:ClientHeader=X-Forwarded-For", "--Gateway:Limits:HammeringAfter=2");

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Who_asks_for_more_is_told_when_to_come_again_and_others_are_served()
    {
        for (var i = 0; i < 3; i++)
            (await AskAsync("192.0.2.1")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var refused = await AskAsync("192.0.2.1");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("title").GetString().ShouldBe("Too many requests");
        problem.GetProperty("request_id").GetString().ShouldNotBeNullOrEmpty();

        (await AskAsync("192.0.2.2")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refusals_are_counted_by_endpoint_and_who_goes_on_is_counted_once()
    {
        for (var i = 0; i < 8; i++)
            await AskAsync("192.0.2.3");

        var metrics = await _gateway.Http.GetStringAsync("/metrics");
        metrics.ShouldMatch("(?m)^splitrail_limits_refused_total\\{endpoint=\"/v1/popular\",type=\"client\"\\} [45]$");
        metrics.ShouldMatch("(?m)^splitrail_limits_abuse_total\\{pattern=\"hammering\"\\} [12]$");
    }

    [Fact]
    public async Task Probes_and_metrics_have_no_limit()
    {
        for (var i = 0; i < 10; i++)
        {
            (await _gateway.Http.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await _gateway.Http.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(string client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/popular");
        request.Headers.Add("X-Forwarded-For", $"203.0.113.5, {client}");
        return await _gateway.Http.SendAsync(request);
    }
}
