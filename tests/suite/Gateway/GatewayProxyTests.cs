using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>Experiments, models and the console are experiment-svc's.</summary>
public sealed class GatewayProxyTests : GatewayTest
{
    protected override string[] Settings => ["--Dapr:ApiToken=secret"];

    [Theory]
    [InlineData("/v1/experiments/order/results?arm=b&arm=c")]
    [InlineData("/v1/models/m1")]
    [InlineData("/console/index.html")]
    public async Task A_request_is_handed_on_with_path_query_method_and_body(string path)
    {
        Sidecar.On($"/v1.0/invoke/{AppIds.Experiment}/method{path.Split('?')[0]}", static async (context, body) =>
        {
            context.Response.StatusCode = 418;
            context.Response.Headers["X-From"] = "experiment-svc";
            await context.Response.WriteAsync($"{context.Request.Method} {context.Request.QueryString} {body} {context.Request.Headers["dapr-api-token"]}");
        });
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent("split") };
        request.Headers.Add("dapr-api-token", "forged");

        using var answer = await Gateway.Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(418);
        answer.Headers.GetValues("X-From").ShouldBe(["experiment-svc"]);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($"PATCH {(path.Contains('?') ? "?arm=b&arm=c" : "")} split secret");
    }

    [Fact]
    public async Task A_fault_of_the_service_itself_passes()
    {
        Sidecar.Answer(AppIds.Experiment, "/v1/experiments/x", 500, """{"title":"my own trouble"}""");

        using var answer = await Gateway.Http.GetAsync("/v1/experiments/x");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"title":"my own trouble"}""");
    }

    [Fact]
    public async Task A_service_that_is_away_is_a_503_with_a_problem_document()
    {
        Sidecar.TakeAway(AppIds.Experiment, "/v1/experiments/x");

        using var answer = await Gateway.Http.GetAsync("/v1/experiments/x");

        Unavailable.ShouldBe(answer);
    }
}
