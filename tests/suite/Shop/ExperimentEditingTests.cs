using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>The way of an edit from an owner's request at the gateway to what users get, through every sidecar.</summary>
public sealed class ExperimentEditingTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private const string Body =
        """
        {"id":"order","layer":"ranking","hypothesis":"The ranker earns its keep.",
         "arms":[{"id":"ranked","control":true,"share":SHARE},{"id":"plain","share":REST,"parameters":{"ranker":"none"}}]}
        """;

    [Fact]
    public async Task An_owner_creates_starts_edits_and_ends_an_experiment_through_the_gateway()
    {
        using var http = new HttpClient { BaseAddress = shop.Suite.Layout.Gateway };
        (await SendAsync(http, "POST", "/v1/layers", """{"id":"ranking","seed":"ranking-1"}""")).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync(http, "POST", "/v1/experiments", With(0.5))).Status.ShouldBe(HttpStatusCode.Created);
        var started = await SendAsync(http, "POST", "/v1/experiments/order/start");
        started.Status.ShouldBe(HttpStatusCode.OK, started.Body.ToString());
        var users = Enumerable.Range(0, 40).Select(static i => $"editing-{i}").ToArray();
        foreach (var user in users)
            (await ArmAsync(http, user, started.SnapshotVersion)).ShouldBe(Owner(user, below: 0.5));

        (await SendAsync(http, "PUT", "/v1/experiments/order", With(0.9))).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        var saved = await SendAsync(http, "PUT", "/v1/experiments/order", With(0.9), started.Tag);
        saved.Status.ShouldBe(HttpStatusCode.OK, saved.Body.ToString());
        var moved = 0;
        foreach (var user in users)
        {
            var arm = await ArmAsync(http, user, saved.SnapshotVersion);
            if (Owner(user, below: 0.5) == "ranked")
                arm.ShouldBe("ranked", "nobody leaves an arm that grows");
            else if (arm == "ranked")
                moved++;
        }

        moved.ShouldBeGreaterThan(0);
        (await SendAsync(http, "PUT", "/v1/experiments/order", With(0.8), started.Tag)).Body.GetProperty("current_version").GetInt64().ShouldBe(3);
        var ended = await SendAsync(http, "POST", "/v1/experiments/order/end");
        (await ArmAsync(http, users[0], ended.SnapshotVersion)).ShouldBeNull();
        (await http.GetStringAsync("/v1/experiments/audit")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].ShouldContain("\"action\":\"end\"");
        (await http.GetFromJsonAsync<JsonElement>("/v1/experiments/openapi")).GetProperty("paths").TryGetProperty("/v1/flags", out _).ShouldBeTrue();
    }

    /// <summary>The arm of a user once the gateway serves this version; null when he is in none of this experiment.</summary>
    private static async Task<string?> ArmAsync(HttpClient http, string user, long version)
    {
        var (_, answer) = await Eventually.ReachesAsync(
            async () =>
            {
                using var response = await http.PostAsJsonAsync("/v1/recommendations", new { user_id = user, num_items = 1 });
                return (Version: long.Parse(response.Headers.GetValues("X-Snapshot-Version").Single()), Body: await response.Content.ReadFromJsonAsync<JsonElement>());
            },
            served => served.Version >= version,
            $"the gateway serves snapshot {version}");
        return answer.GetProperty("experiments").EnumerateArray().Where(static one => one.GetProperty("id").GetString() == "order").Select(static one => one.GetProperty("arm").GetString()).SingleOrDefault();
    }

    /// <summary>The first split of an empty layer is one run per arm.</summary>
    private static string Owner(string user, double below)
    {
        var slot = 0;
        new CompatibleHash(["ranking-1"]).Slots(Encoding.UTF8.GetBytes(user), new Span<int>(ref slot));
        return slot < below * SlotMap.Slots ? "ranked" : "plain";
    }

    private static string With(double share) => Body.Replace("SHARE", $"{share}", StringComparison.Ordinal).Replace("REST", $"{Math.Round(1 - share, 6)}", StringComparison.Ordinal);

    private static async Task<Edited> SendAsync(HttpClient http, string method, string path, string? body = null, string? tag = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        using var response = await http.SendAsync(request);
        return new Edited(response.StatusCode, response.Headers.ETag?.Tag, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private sealed record Edited(HttpStatusCode Status, string? Tag, JsonElement Body)
    {
        public long SnapshotVersion => Body.GetProperty("snapshot_version").GetInt64();
    }
}
