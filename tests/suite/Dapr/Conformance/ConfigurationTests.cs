using System.Text.Json;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>Configuration and secrets: the recorded cases <c>config.*</c> and <c>secret.*</c>, on files instead of Redis.</summary>
public sealed class ConfigurationTests : IAsyncLifetime
{
    private const string Cfg = "/v1.0/configuration/cfg";

    private readonly SidecarRig _rig = new();
    private RecordingApp _app = null!;
    private SidecarUnderTest _sidecar = null!;

    public async Task InitializeAsync()
    {
        _rig.File("c.yaml", Yaml.Components(
            Yaml.Component("cfg", "configuration.embedded", ("file", "settings.json")),
            Yaml.Component("sec", "secretstores.local.file", ("secretsFile", "secrets.json"))));
        _rig.File("settings.json", """{"app1||ns":"nsv","json":"{\"a\":1}","plain":"v1","ver":"v2||7"}""");
        _rig.File("secrets.json", """{"k":"v","nested":{"a":"b"}}""");
        _app = await _rig.AppAsync();
        foreach (var key in new[] { "plain", "ver" })
            _app.On("/configuration/cfg/" + key, 200, "{}");
        _sidecar = await _rig.SidecarAsync("misc", _app.Port);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("config.get.two", Cfg + "?key=plain&key=ver", 200, """{"plain":{"value":"v1"},"ver":{"value":"v2","version":"7"}}""")]
    [InlineData("config.get.missing", Cfg + "?key=missing", 204, "")]
    [InlineData("config.get.partial", Cfg + "?key=plain&key=missing", 200, """{"plain":{"value":"v1"}}""")]
    [InlineData("config.get.json", Cfg + "?key=json", 200, """{"json":{"value":"{\"a\":1}"}}""")]
    [InlineData("config.get.barkey", Cfg + "?key=app1%7C%7Cns", 200, """{"app1||ns":{"value":"nsv"}}""")]
    [InlineData("config.get.alpha", "/v1.0-alpha1/configuration/cfg?key=plain", 200, """{"plain":{"value":"v1"}}""")]
    [InlineData("config.get.unknown", "/v1.0/configuration/nope?key=plain", 400, """{"errorCode":"ERR_CONFIGURATION_STORE_NOT_FOUND","message":"configuration store nope not found"}""")]
    [InlineData("config.get.meta", Cfg + "?key=plain&metadata.foo=bar", 200, """{"plain":{"value":"v1"}}""")]
    [InlineData("config.get.comma", Cfg + "?key=plain,ver", 204, "")]
    [InlineData("config.get.all", Cfg, 200, """{"app1||ns":{"value":"nsv"},"json":{"value":"{\"a\":1}"},"plain":{"value":"v1"},"ver":{"value":"v2","version":"7"}}""")]
    [InlineData("config.subscribe.unknown", "/v1.0/configuration/nope/subscribe?key=plain", 400, """{"errorCode":"ERR_CONFIGURATION_STORE_NOT_FOUND","message":"configuration store nope not found"}""")]
    [InlineData("config.unsubscribe.bad", Cfg + "/xx/unsubscribe", 500, """{"message":"failed to unsubscribe to configuration request xx: subscription with id xx does not exist"}""")]
    [InlineData("secret.get", "/v1.0/secrets/sec/k", 200, """{"k":"v"}""")]
    [InlineData("secret.nested", "/v1.0/secrets/sec/nested:a", 200, """{"nested:a":"b"}""")]
    [InlineData("secret.missing", "/v1.0/secrets/sec/zz", 500, """{"errorCode":"ERR_SECRET_GET","message":"failed getting secret with key zz from secret store sec: secret zz not found"}""")]
    [InlineData("secret.bulk", "/v1.0/secrets/sec/bulk", 200, """{"k":{"k":"v"},"nested:a":{"nested:a":"b"}}""")]
    [InlineData("secret.unknown", "/v1.0/secrets/zz/k", 401, """{"errorCode":"ERR_SECRET_STORE_NOT_FOUND","message":"failed finding secret store with key zz"}""")]
    public async Task A_question_is_answered_as_recorded(string recorded, string path, int status, string body)
    {
        var answer = await _sidecar.GetAsync(path);
        (answer.Status, answer.Body.TrimEnd('\n')).ShouldBe((status, body), recorded);
    }

    [Fact(DisplayName = "config.subscribe, config.push, config.unsubscribe, config.unsubscribe.again")]
    public async Task A_change_is_posted_to_the_app_until_it_unsubscribes()
    {
        var answer = await _sidecar.GetAsync(Cfg + "/subscribe?key=plain&key=ver");
        var id = JsonDocument.Parse(answer.Body).RootElement.GetProperty("id").GetString();
        _rig.File("settings.json", """{"plain":"v9||2","ver":"new","other":"x"}""");
        (await _app.WaitAsync("/configuration/cfg/plain", 1))[0].Body.ShouldBe(Push(id, """{"plain":{"value":"v9","version":"2"}}"""));
        (await _app.WaitAsync("/configuration/cfg/ver", 1))[0].Body.ShouldBe(Push(id, """{"ver":{"value":"new"}}"""));
        _rig.File("settings.json", """{"ver":"new"}""");
        (await _app.WaitAsync("/configuration/cfg/plain", 2))[1].Body.ShouldBe(Push(id, """{"plain":{}}"""));
        _app.To("/configuration/cfg/other").ShouldBeEmpty();
        (await _sidecar.GetAsync($"{Cfg}/{id}/unsubscribe")).Body.ShouldBe("{\"ok\":true}\n");
        var again = await _sidecar.GetAsync($"{Cfg}/{id}/unsubscribe");
        (again.Status, again.Body).ShouldBe((500, $$"""{"message":"failed to unsubscribe to configuration request {{id}}: subscription with id {{id}} does not exist"}""" + "\n"));
    }

    private static string Push(string? id, string items) => $$"""{"id":"{{id}}","items":""" + items + "}\n";
}
