using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>What an arm would serve, asked for by name, and items by id.</summary>
public sealed class GatewayPreviewTests : GatewayTest
{
    private const string Key = "a-key-of-previews-for-tests";

    protected override string[] Settings => [$"--Gateway:PreviewKey={Key}", "--Gateway:ImpressionShare=1"];

    [Fact]
    public async Task A_preview_serves_the_parameters_it_is_given_and_is_in_no_arm()
    {
        var (status, plain) = await PreviewAsync("""{"request":{"user_id":"u1"}}""", Key);
        var (_, unranked) = await PreviewAsync("""{"request":{"user_id":"u1"},"parameters":{"mix":"explore","ranker":"none"}}""", Key);

        status.ShouldBe(HttpStatusCode.OK);
        plain.GetProperty("list").GetProperty("experiments").GetArrayLength().ShouldBe(0);
        plain.GetProperty("list").ItemIds().Length.ShouldBe(8);
        plain.GetProperty("events").GetInt32().ShouldBe(0);
        unranked.GetProperty("list").Level().ShouldBe(0);
        Sidecar.BodiesOf(InnerPaths.Rank)[^1].GetProperty("ranker").GetString().ShouldBe("none");
        Sidecar.BodiesOf(InnerPaths.Candidates)[^1].GetProperty("mix").GetString().ShouldBe("explore");
    }

    [Fact]
    public async Task A_preview_leaves_no_trace()
    {
        await PreviewAsync("""{"request":{"user_id":"previewed","session_id":"previewed-session"}}""", Key);
        await Gateway.RecommendAsync("""{"user_id":"served"}""");

        // The exposure of who was served after it is there, so one of the preview would be, too.
        await Eventually.ReachesAsync(() => Task.FromResult(Published()), static text => text.Contains("\"served\"", StringComparison.Ordinal), "the exposure is published");
        Published().ShouldNotContain("previewed");
        Sidecar.Received.ShouldNotContain(static call => call.Body.Contains("previewed-session", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("another-key-of-previews")]
    public async Task Without_the_key_there_is_no_preview(string? key) => (await PreviewAsync("{}", key)).Status.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task A_gateway_without_a_key_has_no_previews()
    {
        await using var gateway = await RunningGateway.StartAsync(Sidecar.Address);
        using var answer = await gateway.Http.SendAsync(Request("{}", ""));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Gateway:PreviewKey");
    }

    [Theory]
    [InlineData("""{"request":{"user_id":"a b"}}""", "user_id")]
    [InlineData("""{"requests":{}}""", "requests")]
    [InlineData("""{"parameters":{"ranker":5}}""", "parameters.ranker")]
    public async Task A_bad_preview_is_refused_with_its_member(string body, string member)
    {
        var (status, answer) = await PreviewAsync(body, Key);

        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.GetProperty("member").GetString().ShouldBe(member);
    }

    [Fact]
    public async Task Items_are_found_by_id_in_the_order_asked_for_without_those_that_are_not_offered()
    {
        ScriptedShop.SetCatalog(Sidecar, 4, [ScriptedShop.Item("i1"), ScriptedShop.Item("i2", stock: 0), ScriptedShop.Item("i3", hidden: true)]);

        var found = await Eventually.ReachesAsync(() => Gateway.GetAsync("/v1/items?ids=i3,i2,nobody,i1,i2"), static answer => answer.ItemIds().Length == 2, "the hidden one is gone");

        found.ItemIds().ShouldBe(["i2", "i1"]);
        found.GetProperty("items")[0].GetProperty("in_stock").GetBoolean().ShouldBeFalse();
        found.GetProperty("items")[1].GetProperty("title").GetString().ShouldBe("Title of i1");
    }

    [Theory]
    [InlineData("/v1/items")]
    [InlineData("/v1/items?ids=")]
    [InlineData("/v1/items?ids=a,,b")]
    [InlineData("/v1/items?id=a")]
    public async Task Bad_ids_are_refused(string path)
    {
        using var answer = await Gateway.Http.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private string Published() => string.Join('\n', Sidecar.Received.Where(static call => call.Path.Contains("/publish/", StringComparison.Ordinal)).Select(static call => call.Body));

    private async Task<(HttpStatusCode Status, JsonElement Body)> PreviewAsync(string body, string? key)
    {
        using var answer = await Gateway.Http.SendAsync(Request(body, key));
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static HttpRequestMessage Request(string body, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, PublicPaths.Preview) { Content = new StringContent(body, null, "application/json") };
        if (key is not null)
            request.Headers.TryAddWithoutValidation(PublicPaths.PreviewKeyHeader, key);
        return request;
    }
}
