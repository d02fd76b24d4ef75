using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Ingestion;

[Collection(PostgresTests.Name)]
public sealed class DimensionTests(PostgresServer postgres)
{
    private const int People = 600;

    [Theory, OnSqlite, OnPostgres]
    public async Task Results_by_device_are_those_of_the_people_who_had_it(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await MeasureAsync(service, "user_conversion", "click_through", "fallback_share");
        await VisitAsync(service);

        var results = await service.GetAsync("/v1/experiments/order/results?dimension=device");
        ((string)results["dimension"]!, ((string)results["note"]!)[..11]).ShouldBe(("device", "Exploratory"));
        var segments = results["segments"]!.AsArray();
        segments.Select(static one => ((string)one!["value"]!, (long)one["users"]!)).ShouldBe([("mobile", 300), ("desktop", 200), ("other", 50), ("unknown", 50)], ignoreOrder: true);
        segments.Select(static one => one!["metrics"]!.AsArray().Count).Distinct().ShouldBe([2], "answers are not counted by dimension");
        var (mobile, desktop) = (Arm("mobile", "user_conversion"), Arm("desktop", "user_conversion"));
        ((long)mobile["users"]!, (double)mobile["control_value"]!, (double)mobile["value"]!).ShouldBe((150, 0.2, 0.4));
        ((double)desktop["control_value"]!, (double)desktop["value"]!).ShouldBe((0.2, 0.2));
        ((double)mobile["adjusted_p_value"]!).ShouldBeGreaterThan((double)mobile["p_value"]!, "there are others that could have looked good");
        ((string)Arm("unknown", "click_through")["not_yet"]!["reason"]!).ShouldBe("no_denominator");

        JsonNode Arm(string value, string metric) => segments.Single(one => (string)one!["value"]! == value)!["metrics"]!.AsArray().Single(one => (string)one!["name"]! == metric)!["arms"]![0]!;
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Every_dimension_has_all_people_and_their_sums(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        await new TestBroker(service.Http).DeliverAsync(ShopHistory.Of(seed: 31, 800));
        var sums = await service.GetAsync("/v1/experiments/order/sums");
        var counted = (long)(await service.GetAsync("/v1/experiments/order/quality"))["counted_people"]!;
        foreach (var dimension in sums["segments"]!.AsArray().GroupBy(static one => (string)one!["dimension"]!))
        {
            dimension.Sum(static one => (long)one!["people"]!).ShouldBe(counted, dimension.Key);
            dimension.Sum(static one => Units($";{one!["sums"]}", ";revenue_per_user:x=")).ShouldBe(sums["cells"]!.AsArray().Where(static one => (string)one!["metric"]! == "revenue_per_user")
                .Sum(static one => Units((string)one!["sums"]!, " x=")), dimension.Key);
        }

        sums["segments"]!.AsArray().Select(static one => (string)one!["dimension"]!).Distinct().ShouldBe(["account", "country", "device", "page", "visitor"]);
        sums["segments"]!.AsArray().Select(static one => (string)one!["value"]!).Distinct().ShouldBe(
            ["guest", "known", "DE", "other", "unknown", "desktop", "mobile", "home", "new", "returning"], ignoreOrder: true);

        static long Units(string text, string name) => text.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at ? long.Parse(text[(at + name.Length)..].Split(' ', ';')[0]) : 0;
    }

    [Fact]
    public async Task The_csv_has_a_row_for_each_segment_metric_and_arm_and_a_wrong_dimension_is_refused()
    {
        await using var store = await OutcomeOrderTests.StoreAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync();
        await MeasureAsync(service, "user_conversion");
        await VisitAsync(service);
        var csv = await service.Http.GetStringAsync("/v1/experiments/order/results.csv?dimension=device");
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("dimension,segment,experiment,metric,");
        lines[1].ShouldStartWith("device,mobile,order,user_conversion,goal,b,150,150,0.4,0.2,");
        lines.Select(static line => line.Split(',').Length).Distinct().Count().ShouldBe(1);
        csv.ShouldBe(await service.Http.GetStringAsync("/v1/experiments/order/results?dimension=device&format=csv"));
        (await service.CallAsync("GET", "/v1/experiments/order/results?dimension=weather")).ShouldRefuse(HttpStatusCode.BadRequest, "weather", "device, page, country, visitor, account");
    }

    private static async Task MeasureAsync(RunningService service, params string[] metrics)
    {
        var held = await service.CallAsync("GET", "/v1/experiments/order");
        var definition = held.Json["definition"]!.AsObject();
        definition["metrics"] = new JsonArray([.. metrics.Select(static (name, i) => new JsonObject { ["name"] = name, ["role"] = i == 0 ? "goal" : "secondary" })]);
        (await service.CallAsync("PUT", "/v1/experiments/order", definition.ToJsonString(), held.Version)).Should(HttpStatusCode.OK);
    }

    /// <summary>Half of the people on mobiles, of whom the treatment's buy twice as often; a twelfth each on a toaster and on nobody knows what.</summary>
    private static async Task VisitAsync(RunningService service)
    {
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 60_000;
        List<Exposure> exposures = [];
        List<ShopEvent> events = [];
        for (var i = 0; i < People; i++)
        {
            var (arm, place) = (i % 2 == 0 ? "a" : "b", i / 2);
            var device = (place % 12) switch { < 6 => "Mobile", < 10 => "desktop", 10 => "toaster", _ => null };
            exposures.Add(new Exposure($"x{i}", "order", arm, $"u{i}", UnitKinds.User, $"r{i}", 1, 1, 0.5, at, Context: device is null ? null : new ExposureContext(device, null, null)));
            var turn = place / 12 % 5;
            if (device is null || (turn > 0 && !(device == "Mobile" && arm == "b" && turn == 1)))
                continue;
            events.Add(new ShopEvent($"i{i}", EventTypes.Impression, $"u{i}", null, "item", at + 1, RequestId: $"r{i}"));
            events.Add(new ShopEvent($"c{i}", EventTypes.Click, $"u{i}", null, "item", at + 2, RequestId: $"r{i}"));
            events.Add(new ShopEvent($"p{i}", EventTypes.Purchase, $"u{i}", null, "item", at + 3, 1, 5_000_000));
        }

        (await service.DeliverAsync([.. exposures])).ShouldBe("SUCCESS");
        (await service.DeliverAsync("/events/outcomes", new ShopEventBatch(events), ContractsJson.Default.ShopEventBatch)).ShouldBe("SUCCESS");
    }
}
