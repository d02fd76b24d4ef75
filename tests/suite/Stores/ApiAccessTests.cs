using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Hosting;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

/// <summary>An API that asks who calls: nobody without a key, each within his role, and nobody in another's name.</summary>
[Collection(PostgresTests.Name)]
public sealed class ApiAccessTests(PostgresServer postgres)
{
    private static readonly string[] s_accounts =
    [
        "--ExperimentSvc:RequireKey=true",
        "--ExperimentSvc:Console:Accounts:0:Name=eve", "--ExperimentSvc:Console:Accounts:0:Role=viewer", "--ExperimentSvc:Console:Accounts:0:Key=key-of-the-viewer",
        "--ExperimentSvc:Console:Accounts:1:Name=ada", "--ExperimentSvc:Console:Accounts:1:Role=editor", "--ExperimentSvc:Console:Accounts:1:Key=key-of-the-editor",
        "--ExperimentSvc:Console:Accounts:2:Name=root", "--ExperimentSvc:Console:Accounts:2:Role=admin", "--ExperimentSvc:Console:Accounts:2:Key=key-of-the-admin",
    ];

    [Theory]
    [InlineData("GET", "/v1/experiments")]
    [InlineData("GET", "/v1/experiments/audit")]
    [InlineData("POST", "/v1/experiments")]
    [InlineData("POST", "/v1/experiments/x/roll_back")]
    [InlineData("POST", "/v1/experiments/forget")]
    [InlineData("PUT", "/v1/flags")]
    [InlineData("POST", "/v1/models/v1/activate")]
    [InlineData("PUT", "/v1/ranking/weights/global")]
    [InlineData("DELETE", "/v1/rules/x")]
    public async Task Nobody_calls_without_a_key(string method, string path)
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync(s_accounts);
        foreach (var key in new[] { null, "", "key-of-nobody", "key-of-the-viewer2" })
        {
            using var answer = await SendAsync(service, method, path, key, "{}");
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }

    [Fact]
    public async Task Each_may_what_his_role_may_and_stands_in_the_history_by_the_name_of_his_key()
    {
        await using var store = await TestStore.OnAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync(s_accounts);
        (await StatusAsync(service, "GET", "/v1/experiments", "key-of-the-viewer")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "POST", "/v1/power", "key-of-the-viewer", """{"metric":"user_conversion","baseline":0.05,"minimum_effect":0.05,"users_per_day":1000}""")).ShouldNotBe(HttpStatusCode.Forbidden);
        var experiment = Experiment("x").ToJsonString();
        (await StatusAsync(service, "POST", "/v1/experiments", "key-of-the-viewer", experiment)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(service, "POST", "/v1/layers", "key-of-the-editor", """{"id":"ranking","seed":"ranking-1"}""")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(service, "POST", "/v1/layers", "key-of-the-admin", """{"id":"ranking","seed":"ranking-1"}""")).ShouldBe(HttpStatusCode.Created);
        (await StatusAsync(service, "POST", "/v1/experiments", "key-of-the-editor", experiment)).ShouldBe(HttpStatusCode.Created);
        (await StatusAsync(service, "POST", "/v1/experiments/x/start", "key-of-the-editor")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "POST", "/v1/experiments/x/promote", "key-of-the-editor", """{"arm":"b","reason":{"kind":"other","note":"x"}}""")).ShouldBe(HttpStatusCode.Forbidden);
        using var history = await SendAsync(service, "GET", "/v1/experiments/x/history", "key-of-the-viewer");
        var changes = JsonNode.Parse(await history.Content.ReadAsStringAsync())!["changes"]!.AsArray();
        changes.Select(static change => (string)change!["actor"]!).Distinct().ShouldBe(["ada"], "X-Actor said somebody else");
    }

    [Fact]
    public void Asking_for_keys_that_nobody_has_is_refused_at_the_start() =>
        Should.Throw<OptionsFaultException>(static () => ExperimentSvc.ExperimentApp.Build(["--ExperimentSvc:RequireKey=true"])).Message.ShouldContain("there is no account whose key could be sent");

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, string method, string path, string key, string? body = null)
    {
        using var answer = await SendAsync(service, method, path, key, body);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningService service, string method, string path, string? key, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("X-Actor", "mallory");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await service.Http.SendAsync(request);
    }
}
