using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Models;

/// <summary>What rankers promised for the items they were served with, beside what came of them.</summary>
[Collection(PostgresTests.Name)]
public sealed class ServedCalibrationTests(PostgresServer postgres)
{
    private const int Lists = 600;
    private const int Items = 10;

    [Theory, OnSqlite, OnPostgres]
    public async Task A_model_that_promises_too_much_shows_and_one_that_keeps_its_word_too(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var service = await store.RegistryAsync("--ExperimentSvc:Registry:CalibrationInterval=00:00:00.100", "--ExperimentSvc:Registry:CalibrationAfter=00:00:00");
        foreach (var (model, promised) in new[] { ("honest", 0.2), ("boastful", 0.7), ("few", 0.2) })
            await ServeAsync(service, model, promised, model == "few" ? 20 : Lists);

        // A fifth of all items is clicked, twice at times, and the clicks of another list do not count.
        await Eventually.TrueAsync(async () => await GaugeAsync(service, "observed", "boastful") is > 0.19 and < 0.21 && await GaugeAsync(service, "observed", "honest") is > 0.19 and < 0.21, TimeSpan.FromMinutes(1), "the clicks are joined");
        (await GaugeAsync(service, "calibration_error", "boastful"))!.Value.ShouldBe(0.5, 0.02);
        (await GaugeAsync(service, "calibration_error", "honest"))!.Value.ShouldBeLessThan(0.02);
        (await GaugeAsync(service, "promised", "boastful"))!.Value.ShouldBe(0.7, 0.02);
        (await GaugeAsync(service, "calibration_items", "honest")).ShouldBe(Lists * Items);
        (await GaugeAsync(service, "calibration_error", "few")).ShouldBeNull("two hundred items say nothing");
    }

    /// <summary>Lists whose items are promised one probability with a little around it, every fifth of which is clicked.</summary>
    private static async Task ServeAsync(RunningService service, string model, double promised, int lists)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var served = Enumerable.Range(0, lists).Select(list => new Impression(
            $"{model}-{list}", $"user-{list}", "user", now, 1, 0, model, model, "shop-1", [],
            [.. Enumerable.Range(0, Items + 2).Select(item => new ImpressionItem($"i{item}", item + 1, Features: [0, 0, 0, 0], Score: promised + (0.001 * ((7 * item) % 10))))]));
        foreach (var batch in served.Chunk(100))
            (await service.DeliverAsync("/events/impressions", new ImpressionBatch(batch), ContractsJson.Default.ImpressionBatch)).ShouldBe("SUCCESS");
        var clicks = Enumerable.Range(0, lists).SelectMany(list => Enumerable.Range(0, Items).Where(item => (item + list) % 5 == 0).SelectMany(item => Enumerable.Range(0, 1 + (list % 2)).Select(again => new ShopEvent(
            $"{model}-{list}-{item}-{again}", EventTypes.Click, $"user-{list}", null, $"i{item}", now, RequestId: $"{model}-{list}"))));
        foreach (var batch in clicks.Append(new ShopEvent($"{model}-other", EventTypes.Click, "user-1", null, "i1", now, RequestId: "elsewhere")).Chunk(500))
            (await service.DeliverAsync("/events/outcomes", new ShopEventBatch(batch), ContractsJson.Default.ShopEventBatch)).ShouldBe("SUCCESS");
    }

    private static async Task<double?> GaugeAsync(RunningService service, string name, string model)
    {
        var text = await service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var found = Regex.Match(text, $@"^splitrail_served_{name}\{{[^}}]*model=""{model}""[^}}]*\}} (\S+)", RegexOptions.Multiline);
        return found.Success ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }
}
