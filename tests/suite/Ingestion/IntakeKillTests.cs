using Shouldly;
using Splitrail.Tests.Suite.Servers;
using Splitrail.Tests.Suite.Stores;
using Xunit;
using Xunit.Abstractions;

namespace Splitrail.Tests.Suite.Ingestion;

[Collection(PostgresTests.Name)]
public sealed class IntakeKillTests(PostgresServer postgres, ITestOutputHelper output)
{
    [Theory, OnSqlite, OnPostgres]
    public Task Sums_survive_kills_duplicates_and_disorder_to_the_bit(StoreEngine engine) => KilledAsync(engine, events: 10_000, kills: 3);

    [Theory, OnSqlite, OnPostgres]
    [Trait("Category", "Long")]
    public Task Sums_of_a_hundred_thousand_events_survive_kills_duplicates_and_disorder_to_the_bit(StoreEngine engine) => KilledAsync(engine, events: 100_000, kills: 20);

    private async Task KilledAsync(StoreEngine engine, int events, int kills)
    {
        var messages = ShopHistory.Of(seed: 17, events);
        var undisturbed = await UndisturbedAsync(messages);
        await using var store = await OutcomeOrderTests.StoreAsync(engine, postgres);
        using var service = new ExperimentProcess(store, "--ExperimentSvc:Ingestion:Excluded=bot-*");
        await service.ReadyAsync();
        var disturbed = ShopHistory.Disturbed(messages, 3, seed: 18);
        var broker = new TestBroker(service.Http);
        var random = new Random(19);
        int[] moments = [.. Enumerable.Range(0, kills).Select(_ => random.Next(disturbed.Length)).Order()];
        var delivery = broker.DeliverAsync(disturbed);
        foreach (var moment in moments)
        {
            await Eventually.TrueAsync(() => Task.FromResult(delivery.IsCompleted || broker.Done >= moment), TimeSpan.FromMinutes(5), $"{moment} messages are done with");
            service.KillAndRestart();
        }

        await delivery;
        await service.ReadyAsync();
        (await CountedState.OfAsync(service.Http)).ShouldBe(undisturbed);
        output.WriteLine($"{engine}: {disturbed.Length} messages, killed after {string.Join(", ", moments)} of them");
    }

    private async Task<string> UndisturbedAsync(IReadOnlyList<BrokerMessage> messages)
    {
        await using var store = await OutcomeOrderTests.StoreAsync(StoreEngine.Sqlite, postgres);
        var service = await store.ExperimentAsync("--ExperimentSvc:Ingestion:Excluded=bot-*");
        await new TestBroker(service.Http, inFlight: 1).DeliverAsync(messages);
        return await CountedState.OfAsync(service.Http);
    }
}
