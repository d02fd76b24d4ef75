using System.Net;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Feeds;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.ControlApi;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class EditSequenceTests(PostgresServer postgres)
{
    private static readonly string[] s_actions = ["submit", "withdraw", "start", "start", "pause", "resume", "resume", "end", "archive", "roll_back", "undo", "put", "put", "put", "put", "holdout"];

    /// <summary>Whatever owners do: refused edits change nothing, the chain holds, versions only grow, and nobody is in two experiments of a layer.</summary>
    [Theory]
    [InlineData(StoreEngine.Sqlite, 1)]
    [InlineData(StoreEngine.Sqlite, 2)]
    [InlineData(StoreEngine.Postgres, 3)]
    public async Task Any_sequence_of_edits_keeps_chain_versions_and_maps(StoreEngine engine, int seed)
    {
        if (engine == StoreEngine.Postgres && PostgresPrograms.Skip is not null)
            return;
        await using var store = await TestStore.OnAsync(engine, postgres);
        RunningService[] replicas = [await store.ExperimentAsync(), await store.ExperimentAsync()];
        await replicas[0].LayerAsync("ranking");
        string[] ids = ["x", "y", "z"];
        foreach (var created in ids)
            await replicas[0].CreateAsync(Experiment(created, traffic: 0.4));
        var random = new Random(seed);
        var (snapshot, stored, refused) = ((await replicas[0].ControlAsync(0)).Snapshot!, 0, 0);
        for (var step = 0; step < 150; step++)
        {
            var replica = replicas[random.Next(replicas.Length)];
            var (id, action) = (ids[random.Next(ids.Length)], s_actions[random.Next(s_actions.Length)]);
            var before = await replica.CallAsync("GET", Path(action, id));
            var answer = await EditAsync(replica, id, action, before.Version, random);
            if (answer.Status == HttpStatusCode.OK)
            {
                stored++;
                answer.Version.ShouldBeInRange(before.Version, before.Version + 1);
            }
            else
            {
                refused++;
                answer.MediaType.ShouldBe("application/problem+json", answer.Text);
                ((int)answer.Status).ShouldBeInRange(400, 428, answer.Text);
                Stored(await replica.CallAsync("GET", Path(action, id))).ShouldBe(Stored(before), "a refused edit changes nothing");
            }

            if (action == "archive" && answer.Status == HttpStatusCode.OK)
            {
                var place = Array.IndexOf(ids, id);
                ids[place] = $"{id}{step}";
                await replica.CreateAsync(Experiment(ids[place], traffic: 0.4));
            }

            snapshot = Follows(snapshot, (await replica.ControlAsync(0)).Snapshot!, answer.Status == HttpStatusCode.OK);
        }

        (stored, refused).ShouldSatisfyAllConditions(counts => counts.stored.ShouldBeGreaterThan(30), counts => counts.refused.ShouldBeGreaterThan(10));
        foreach (var replica in replicas)
        {
            var verdict = await replica.GetAsync("/v1/experiments/audit/verify");
            ((bool)verdict["intact"]!).ShouldBeTrue((string?)verdict["fault"]);
        }
    }

    private static string Path(string action, string id) => action == "holdout" ? "/v1/layers/ranking" : $"/v1/experiments/{id}";

    /// <summary>What is in SQL: slots and epoch come from the snapshot, which may reach a replica a poll later.</summary>
    private static string Stored(ControlAnswer answer) => $"{answer.Tag} {answer.Json["definition"]} {answer.Json["lifecycle"]}";

    private static async Task<ControlAnswer> EditAsync(RunningService replica, string id, string action, long version, Random random)
    {
        // One in five comes from somebody who looked before somebody else saved.
        var edited = random.Next(5) == 0 ? version - 1 : version;
        var control = Math.Round(random.NextDouble(), 2);
        return action switch
        {
            "put" => await replica.CallAsync("PUT", $"/v1/experiments/{id}", Experiment(id, "ranking", control, 1 - control, Math.Max(0.01, Math.Round(random.NextDouble() * 0.6, 2))).ToJsonString(), edited),
            "holdout" => await replica.CallAsync("PUT", "/v1/layers/ranking", $$"""{"id":"ranking","seed":"ranking-1","holdout":{{Math.Round(random.NextDouble() * 0.3, 2)}}}""", edited),
            "roll_back" => await replica.CallAsync("POST", $"/v1/experiments/{id}/roll_back", """{"reason":{"kind":"testing"}}"""),
            _ => await replica.CallAsync("POST", $"/v1/experiments/{id}/{action}", version: edited),
        };
    }

    private static ControlSnapshot Follows(ControlSnapshot before, ControlSnapshot after, bool fresh)
    {
        // A replica that made no edit may be a poll behind.
        if (fresh)
            after.Version.ShouldBeGreaterThanOrEqualTo(before.Version);
        SnapshotHash.Matches(after).ShouldBeTrue();
        foreach (var layer in after.Layers)
        {
            layer.SlotMap.Zip(layer.SlotMap.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
            layer.SlotMap.ShouldAllBe(range => range.Experiment == ReservedNames.Holdout || layer.Experiments.Any(experiment => experiment.Id == range.Experiment));
        }

        return after.Version > before.Version ? after : before;
    }
}
