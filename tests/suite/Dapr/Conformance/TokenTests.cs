using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>API tokens both ways and the allow-list: the recorded cases <c>token.*</c> and <c>apiallow.*</c>.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly SidecarRig _rig = new();
    private RecordingApp _app = null!;
    private SidecarUnderTest _sidecar = null!;

    public async Task InitializeAsync()
    {
        _rig.File("components.yaml", Yaml.Components(Yaml.Component("st", "state.in-memory"), Yaml.Component("ps", "pubsub.embedded")));
        _app = await _rig.AppAsync();
        _app.On("/dapr/subscribe", 200, """[{"pubsubname":"ps","topic":"t","route":"/t"}]""").On("/t", 200, "{}");
        _sidecar = await _rig.SidecarAsync("misc", _app.Port, "--DAPR_API_TOKEN", "s3cret", "--APP_API_TOKEN", "apptok");
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("token.missing", "/v1.0/metadata", null, null)]
    [InlineData("token.wrong", "/v1.0/metadata", "dapr-api-token", "x")]
    [InlineData("token.state", "/v1.0/state/st/x", null, null)]
    [InlineData("token.invoke", "/v1.0/invoke/misc/method/z", null, null)]
    [InlineData("token.bearer", "/v1.0/metadata", "Authorization", "Bearer s3cret")]
    [InlineData("token.unknownpath", "/zzz", null, null)]
    [InlineData("token.metrics", "/metrics", null, null)]
    public async Task Without_the_token_every_path_is_401_in_plain_text(string recorded, string path, string? header, string? value)
    {
        var answer = await _sidecar.GetAsync(path, header is null ? [] : [(header, value!)]);
        answer.Status.ShouldBe(401, recorded);
        answer.Body.ShouldBe("invalid api token\n");
        answer["Content-Type"].ShouldBe("text/plain; charset=utf-8");
        answer["X-Content-Type-Options"].ShouldBe("nosniff");
        answer["Traceparent"].ShouldBe("00-00000000000000000000000000000000-0000000000000000-00");
    }

    [Theory]
    [InlineData("token.ok", "dapr-api-token")]
    [InlineData("token.case", "DAPR-API-TOKEN")]
    public async Task The_token_opens_the_door_in_any_spelling_of_its_header(string recorded, string header) =>
        (await _sidecar.GetAsync("/v1.0/metadata", (header, "s3cret"))).Status.ShouldBe(200, recorded);

    [Theory]
    [InlineData("token.health", "/v1.0/healthz/outbound")]
    [InlineData("token.health.out", "/v1.0/healthz/outbound")]
    public async Task Health_needs_no_token(string recorded, string path) => (await _sidecar.GetAsync(path)).Status.ShouldBe(204, recorded);

    [Fact(DisplayName = "token.invoke.ok, token.app.headers: the app gets its own token and never the sidecar's")]
    public async Task The_app_gets_its_own_token()
    {
        await Eventually.TrueAsync(async () => (await _sidecar.GetAsync("/v1.0/invoke/misc/method/z?b=1", ("dapr-api-token", "s3cret"))).Status == 404, "the app is found");
        _app.To("/z")[^1]["dapr-api-token"].ShouldBe("apptok");
        (await _sidecar.SendAsync("POST", "/v1.0/publish/ps/t", "1", "application/json", ("dapr-api-token", "s3cret"))).Status.ShouldBe(204);
        (await _app.WaitAsync("/t", 1))[0]["dapr-api-token"].ShouldBe("apptok");
        _app.To("/dapr/subscribe")[0]["dapr-api-token"].ShouldBe("apptok");
    }

    [Theory]
    [InlineData("apiallow.state", "GET", "/v1.0/state/st/c", 204)]
    [InlineData("apiallow.healthz", "GET", "/v1.0/healthz/outbound", 204)]
    [InlineData("apiallow.publish", "POST", "/v1.0/publish/ps/t", 404)]
    [InlineData("apiallow.metadata", "GET", "/v1.0/metadata", 404)]
    [InlineData("apiallow.invoke", "GET", "/v1.0/invoke/w9/method/echo", 404)]
    public async Task Only_allowed_APIs_answer(string recorded, string verb, string path, int status)
    {
        _rig.File("configuration.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Configuration
            metadata: {name: allow}
            spec:
              api:
                allowed:
                  - {name: state, version: v1.0, protocol: http}
            """);
        var sidecar = await _rig.SidecarAsync("allow");
        var answer = await sidecar.SendAsync(verb, path, verb == "POST" ? "1" : null);
        answer.Status.ShouldBe(status, recorded);
        if (status == 404)
            answer.Body.ShouldBe("404 page not found\n");
    }
}
