using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>What becomes of posted events.</summary>
public sealed class GatewayEventTests : GatewayTest
{
    [Theory]
    [InlineData("""{"event_id":"e1","type":"view","user_id":"u1","item_id":"i1"}""")]
    [InlineData("""[{"event_id":"e1","type":"view","user_id":"u1","item_id":"i1"}]""")]
    [InlineData("""{"events":[{"event_id":"e1","type":"view","user_id":"u1","item_id":"i1"}]}""")]
    public async Task An_event_is_taken_in_any_of_three_shapes(string body)
    {
        var answer = await Gateway.PostAsync("/v1/events", body);

        answer.GetRawText().ShouldBe("""{"accepted":1,"event_ids":["e1"]}""");
        Published().ShouldHaveSingleItem().ItemId.ShouldBe("i1");
    }

    [Fact]
    public async Task A_batch_goes_to_the_broker_as_one_message()
    {
        var answer = await Gateway.PostAsync(
            "/v1/events",
            """
            {"events":[
              {"type":"purchase","user_id":"u1","session_id":"s1","item_id":"i1","timestamp":"2026-01-31T12:00:00Z","quantity":3,"value":2.55,"request_id":"r1"},
              {"type":"rating","user_id":"u1","item_id":"i2","value":4.5}]}
            """);

        Sidecar.BodiesOf($"/{Topics.Interactions}").Count.ShouldBe(1);
        var events = Published();
        answer.GetProperty("event_ids").EnumerateArray().Select(static id => id.GetString()).ShouldBe(events.Select(static one => one.EventId));
        events[0].ShouldBe(new ShopEvent(events[0].EventId, "purchase", "u1", "s1", "i1", 1_769_860_800_000, 3, 2_550_000, "r1"));
        events[1].ValueMicros.ShouldBe(4_500_000);
    }

    [Fact]
    public async Task While_the_broker_is_away_nothing_is_promised()
    {
        ScriptedShop.SetBroker(Sidecar, Topics.Interactions, 500);

        using var answer = await PostAsync("""{"type":"view","user_id":"u1","item_id":"i1"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task An_event_of_a_user_makes_the_next_request_ask_for_the_context_again()
    {
        for (var i = 0; i < 2; i++)
            await Gateway.RecommendAsync("""{"user_id":"clicker"}""");
        var before = ContextCalls("clicker");
        using var posted = await PostAsync("""{"type":"click","user_id":"clicker","item_id":"i1"}""");

        await Gateway.RecommendAsync("""{"user_id":"clicker"}""");

        posted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        ContextCalls("clicker").ShouldBe(before + 1);
    }

    private int ContextCalls(string user) => Sidecar.BodiesOf(InnerPaths.Context).Count(body => body.GetProperty("user_id").GetString() == user);

    private List<ShopEvent> Published() =>
        [.. Sidecar.BodiesOf($"/{Topics.Interactions}").SelectMany(static body => body.Deserialize(ContractsJson.Default.ShopEventBatch)!.Events)];

    private async Task<HttpResponseMessage> PostAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Gateway.Http.PostAsync("/v1/events", content);
    }
}
