using System.Net;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>Pages of web sites that call the gateway from a browser.</summary>
public sealed class GatewayCorsTests : IAsyncLifetime
{
    private const string Shop = "https://shop.example.com";
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await RunningGateway.StartAsync("http://127.0.0.1:9", $"--Gateway:CorsOrigins:0={Shop}", "--Gateway:CorsOrigins:1=https://other.example.com");

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/recommendations")]
    [InlineData("POST", "/v1/events")]
    [InlineData("GET", "/v1/popular")]
    [InlineData("GET", "/v1/search")]
    [InlineData("GET", "/v1/items/i1/similar")]
    public async Task A_browser_on_a_named_site_may_ask(string method, string path)
    {
        using var answer = await PreflightAsync(_gateway, method, path, Shop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe(Shop);
        Header(answer, "Access-Control-Allow-Methods").ShouldNotBeNull().ShouldContain(method);
        Header(answer, "Access-Control-Allow-Headers").ShouldNotBeNull().ShouldContain("Content-Type", Case.Insensitive);
        Header(answer, "Access-Control-Allow-Credentials").ShouldBeNull();
    }

    [Theory]
    [InlineData("/v1/recommendations", "https://evil.example.com")]
    [InlineData("/v1/recommendations", "http://shop.example.com")]
    [InlineData("/v1/recommendations", "null")]
    [InlineData("/v1/experiments/x", Shop)]
    [InlineData("/console/", Shop)]
    [InlineData("/cache_clear", Shop)]
    [InlineData("/metrics", Shop)]
    public async Task Another_site_and_what_is_no_shops_business_get_no_leave(string path, string origin)
    {
        using var answer = await PreflightAsync(_gateway, "POST", path, origin);

        Header(answer, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task The_page_may_read_the_answer_its_errors_and_its_request_id()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/popular?num_items=none");
        request.Headers.Add("Origin", Shop);

        using var answer = await _gateway.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe(Shop);
        Header(answer, "Access-Control-Expose-Headers").ShouldNotBeNull().ShouldContain("X-Request-ID");
        Header(answer, "Vary").ShouldBe("Origin");
    }

    [Fact]
    public async Task Nobody_may_by_default()
    {
        await using var closed = await RunningGateway.StartAsync("http://127.0.0.1:9");
        using var answer = await PreflightAsync(closed, "POST", "/v1/recommendations", Shop);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Headers.ShouldNotContain(static header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<HttpResponseMessage> PreflightAsync(RunningGateway gateway, string method, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
        return await gateway.Http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
