using System.Net;
using Shouldly;
using Splitrail.Local;
using Splitrail.Trainer.Terminal;
using Xunit;

namespace Splitrail.Tests.Unit.Trainer.Terminal;

public sealed class EndedSidecarTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("false", null)]
    [InlineData("true", "http://127.0.0.1:3511/v1.0/shutdown")]
    public void Only_a_job_that_is_told_to_ends_its_sidecar(string? told, string? expected) =>
        (EndedSidecar.Of(name => name == EndedSidecar.Variable ? told : "3511")?.ToString()).ShouldBe(expected);

    [Fact]
    public async Task The_sidecar_is_ended_by_its_own_API_with_the_token()
    {
        using var listener = new HttpListener();
        var port = FreePorts.Take(1)[0];
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var asked = listener.GetContextAsync();
        var ended = EndedSidecar.EndAsync(new Uri($"http://127.0.0.1:{port}/v1.0/shutdown"), "secret");
        var context = await asked;
        (context.Request.HttpMethod, context.Request.Url!.AbsolutePath, context.Request.Headers["dapr-api-token"]).ShouldBe(("POST", "/v1.0/shutdown", "secret"));
        context.Response.StatusCode = 204;
        context.Response.Close();
        (await ended).ShouldBeNull();
    }

    [Fact]
    public async Task A_sidecar_that_is_not_there_is_said() =>
        (await EndedSidecar.EndAsync(new Uri("http://127.0.0.1:9/v1.0/shutdown"), null)).ShouldNotBeNull().ShouldContain("could not be ended");
}
