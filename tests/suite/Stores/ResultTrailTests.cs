using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Splitrail.ExperimentSvc;
using Splitrail.ExperimentSvc.Definitions;
using Splitrail.ExperimentSvc.Results;
using Splitrail.ExperimentSvc.Results.Trail;
using Splitrail.Tests.Suite.Servers;
using Xunit;
using static Splitrail.Tests.Suite.Stores.DecisionCalls;

namespace Splitrail.Tests.Suite.Stores;

[Collection(PostgresTests.Name)]
public sealed class ResultTrailTests(PostgresServer postgres)
{
    private static readonly long s_step = (long)ResultTrail.Step.TotalMilliseconds;

    [Theory, OnSqlite, OnPostgres]
    public async Task Points_thin_out_with_age(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        await using var one = await OneAsync(store);
        var (trail, results) = (one.App.Services.GetRequiredService<ResultTrail>(), await one.ResultsAsync("x"));
        var first = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var random = new Random(5);
        // Dense where the rules change, sparse between: every step of the first day, of the last day, and some of each day.
        DateTimeOffset[] taken =
        [
            .. Enumerable.Range(0, 90).SelectMany(day => Enumerable.Range(0, 24 * 12).Where(step => step % 12 == 0 ? random.Next(6) == 0 || step % 72 == 0 : random.Next(60) == 0)
                .Select(step => first.AddDays(day).AddMinutes(5 * step))),
            .. Enumerable.Range(0, 13 * 12).Select(step => first.AddDays(90).AddMinutes(5 * step)),
        ];
        foreach (var at in taken)
            await trail.AddAsync(results with { At = at.AddSeconds(random.Next(300)) }, CancellationToken.None);

        var kept = (await trail.OfAsync("x", CancellationToken.None)).Select(static point => DateTimeOffset.FromUnixTimeMilliseconds(point.AtMs)).ToArray();
        kept.ShouldBe(taken.Where(at => (taken[^1] - at).TotalHours switch
        {
            > 60 * 24 => at.Hour == 0 && at.Minute == 0,
            > 7 * 24 => at.Hour % 6 == 0 && at.Minute == 0,
            > 12 => at.Minute == 0,
            _ => true,
        }));
        kept.Length.ShouldBeInRange(300, taken.Length / 2);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task The_first_point_of_a_step_stays_and_tells_all_that_curves_need(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        await using var one = await OneAsync(store);
        var (trail, before) = (one.App.Services.GetRequiredService<ResultTrail>(), await one.ResultsAsync("x"));
        await store.CountAsync("x", 9000, 450, 500);
        var after = await one.ResultsAsync("x");
        var at = new DateTimeOffset(2026, 1, 1, 10, 5, 0, TimeSpan.Zero);
        await trail.AddAsync(before with { At = at.AddSeconds(1) }, CancellationToken.None);
        await trail.AddAsync(after with { At = at.AddSeconds(299) }, CancellationToken.None);
        await trail.AddAsync(after with { At = at.AddSeconds(300) }, CancellationToken.None);
        // Of another experiment, and one that has nothing to tell yet.
        await trail.AddAsync(before with { Id = "y", At = at }, CancellationToken.None);
        await trail.AddAsync(before with { At = at.AddHours(1), Metrics = [] }, CancellationToken.None);

        var points = await trail.OfAsync("x", CancellationToken.None);
        points.Select(static point => point.AtMs).ShouldBe([at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds() + s_step]);
        var (told, arm) = (points[0].Arms.Single(), before.Metrics[0].Arms[0]);
        (points[0].Users, told.Metric, told.Arm, told.Value, told.ControlValue, told.Lift, told.Anytime)
            .ShouldBe((before.Users, "user_conversion", "b", arm.Value, arm.ControlValue, arm.Lift!, arm.Anytime));
        points[1].Arms.Single().Value.ShouldBe(after.Metrics[0].Arms[0].Value);
        (await trail.OfAsync("y", CancellationToken.None)).Count.ShouldBe(1);
        (await trail.OfAsync("nobody", CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task All_replicas_record_running_experiments_and_each_step_is_there_once(StoreEngine engine)
    {
        await using var store = await TestStore.OnAsync(engine, postgres);
        var clock = new SetClock();
        var service = await store.ExperimentAsync(clock, Fast);
        await store.ExperimentAsync(clock, Fast);
        await BeginAsync(store, service, "x");
        await service.CreateAsync(Judged("y", "recommend"));
        await store.CountAsync("x", 9000, 450, 540);
        await store.CountAsync("y", 9000, 450, 540);
        for (var step = 1; step <= 3; step++)
        {
            var now = step;
            await Eventually.TrueAsync(async () => await PointsAsync("x") >= now, $"there are {now} points");
            clock.Offset += ResultTrail.Step;
        }

        (await store.NumberAsync($"SELECT COUNT(*) FROM result_trail WHERE at_ms % {s_step} <> 0")).ShouldBe(0);
        (await PointsAsync("y")).ShouldBe(0, "it is a draft");
        await service.ActAsync("x", "end");
        var ended = await PointsAsync("x");
        clock.Offset += 4 * ResultTrail.Step;
        await service.ActAsync("y", "start");
        await Eventually.TrueAsync(async () => await PointsAsync("y") > 0, "the other one is recorded");
        // A point that was being taken while it ended may still have come.
        (await PointsAsync("x")).ShouldBeInRange(ended, ended + 1);

        Task<long> PointsAsync(string experiment) => store.NumberAsync($"SELECT COUNT(*) FROM result_trail WHERE experiment = '{experiment}'");
    }

    /// <summary>People are counted anew when an experiment starts; what a test writes past the service must not fall into it.</summary>
    private static async Task BeginAsync(TestStore store, RunningService service, string id)
    {
        await service.LayerAsync("ranking");
        await service.StartedAsync(Judged(id, "recommend"));
        await Eventually.TrueAsync(async () => await store.NumberAsync($"SELECT COUNT(*) FROM experiment_intake WHERE experiment = '{id}'") > 0, "the first count");
    }

    /// <summary>A service that takes no points by itself, with an experiment that has results.</summary>
    private static async Task<Replica> OneAsync(TestStore store)
    {
        WebApplication? app = null;
        var service = await RunningService.StartAsync(
            args => app = ExperimentApp.Build(args), store.Store("ExperimentSvc"), $"--ExperimentSvc:Definitions={store.In("experiments.json")}", "--ExperimentSvc:EvaluationInterval=1.00:00:00");
        await BeginAsync(store, await service.ReadyAsync(), "x");
        await store.CountAsync("x", 9000, 450, 540);
        return new Replica(service, app!);
    }

    private sealed record Replica(RunningService Service, WebApplication App) : IAsyncDisposable
    {
        public async Task<ResultsView> ResultsAsync(string id) => await App.Services.GetRequiredService<ResultsReader>().ReadAsync(
            (await App.Services.GetRequiredService<DefinitionStore>().ReadAsync(CancellationToken.None)).Experiments[id].Value, CancellationToken.None);

        public ValueTask DisposeAsync() => Service.DisposeAsync();
    }
}
