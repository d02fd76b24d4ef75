using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;

namespace Splitrail.Tests.Suite.Ingestion;

[Collection(PostgresTests.Name)]
public sealed class MovedUserTests(PostgresServer postgres)
{
    private const int PerArm = 200;

    /// <summary>
    /// Arms that do the same, 50/50 and then 90/10: four of five users of the small arm are the large one's now. Half of all come back and buy. Were those who come back to another arm left out, the small arm would be left
    /// with those who never bought anything.
    /// </summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task An_edit_of_the_split_makes_no_effect_out_of_who_comes_back(StoreEngine engine)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        var service = await store.ExperimentAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var people = Enumerable.Range(0, 2 * PerArm).Select(static i => (Id: $"user-{i}", Arm: i < PerArm ? "a" : "b", Place: i % PerArm)).ToArray();
        await DeliverAsync(service, people.Select(one => Seen(one.Id, one.Arm, now - 9000, 1)));
        await DeliverAsync(service, people.Where(static one => one.Place % 2 == 0).Select(one => Seen(one.Id, one.Arm == "b" && one.Place % 5 > 0 ? "a" : one.Arm, now - 5000, 2)));
        foreach (var batch in people.Where(static one => one.Place % 2 == 0).Select(one => new ShopEvent($"bought-{one.Id}", EventTypes.Purchase, one.Id, null, "i1", now - 4000, 1, 5_000_000)).Chunk(50))
            (await service.DeliverAsync("/events/outcomes", new ShopEventBatch(batch), ContractsJson.Default.ShopEventBatch)).ShouldBe("SUCCESS");

        var quality = await service.GetAsync("/v1/experiments/order/quality");
        ((long)quality["counted_people"]!, (long)quality["moved_people"]!, (long)quality["multi_arm_people"]!).ShouldBe((2 * PerArm, PerArm * 2 / 5, 0));
        var cells = (await service.GetAsync("/v1/experiments/order/sums"))["cells"]!.AsArray().Where(static cell => (string)cell!["metric"]! == "revenue_per_user").ToArray();
        cells.Select(static cell => ((string)cell!["arm"]!, (int)cell["epoch"]!)).ShouldBe([("a", 1), ("b", 1)]);
        cells.Select(static cell => (string)cell!["sums"]!).Distinct().ShouldHaveSingleItem().ShouldStartWith($"n={PerArm} x={PerArm / 2 * 5}000000 ");
    }

    private static async Task DeliverAsync(RunningService service, IEnumerable<Exposure> exposures)
    {
        foreach (var batch in exposures.Chunk(50))
            (await service.DeliverAsync(batch)).ShouldBe("SUCCESS");
    }

    private static Exposure Seen(string user, string arm, long at, int epoch) => new($"{user}-{at}", ShopHistory.Experiment, arm, user, UnitKinds.User, "request", epoch, epoch, 0.5, at);
}
