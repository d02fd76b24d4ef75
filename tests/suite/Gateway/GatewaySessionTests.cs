using System.Collections.Concurrent;
using System.Text.Json;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Tests.Suite.Shop;
using Xunit;

namespace Splitrail.Tests.Suite.Gateway;

/// <summary>Sessions at login: the arm of the guest stays, in every replica.</summary>
public sealed class GatewaySessionTests : GatewayTest
{
    private const string StorePath = $"/v1.0/state/{Components.StateStore}";
    private static readonly Layer s_halves = ScriptedShop.Experiment(null) with { SlotMap = [new(0, 1 << 19, "order", "control"), new(1 << 19, 1 << 20, "order", "treatment")] };
    private readonly ConcurrentDictionary<string, string> _stored = new();

    [Fact]
    public async Task A_session_that_began_as_a_guests_keeps_its_arm_after_the_login()
    {
        var (session, user) = await BeginAsync("s");

        (await ArmAsync(Gateway, null, session)).ShouldBe("control");
        (await ArmAsync(Gateway, user, session)).ShouldBe("control");
        (await ArmAsync(Gateway, user, "another")).ShouldBe("treatment", "the next session is the user's from its start");
        (await ArmAsync(Gateway, user, null)).ShouldBe("treatment");
    }

    [Fact]
    public async Task Another_replica_keeps_it_too()
    {
        var (session, user) = await BeginAsync("a||b");
        await using var other = await (await RunningGateway.StartAsync(Sidecar.Address)).WarmAsync();
        await Eventually.ReachesAsync(() => other.GetAsync("/stats"), static seen => seen.GetProperty("snapshot_version").GetInt64() == 6, "the other one has the snapshot");

        await ArmAsync(Gateway, null, session);
        await Eventually.ReachesAsync(() => Task.FromResult(_stored.Count), static count => count == 1, "the session is stored");

        (await ArmAsync(other, user, session)).ShouldBe("control");
        _stored.Keys.ShouldHaveSingleItem().ShouldNotContain("||");
    }

    [Fact]
    public async Task A_session_that_had_its_user_from_the_start_has_the_users_arm_and_is_looked_up_once()
    {
        var (session, user) = await BeginAsync("s");

        for (var i = 0; i < 3; i++)
            (await ArmAsync(Gateway, user, session)).ShouldBe("treatment");

        Sidecar.Received.Count(static one => one.Path.StartsWith($"{StorePath}/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task When_the_store_does_not_answer_the_user_is_served_in_his_own_arm_and_in_time()
    {
        var (session, user) = await BeginAsync("s");
        Sidecar.On($"{StorePath}/guest-session-{session}", static async (context, _) =>
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));

        var answer = await Gateway.RecommendAsync($$"""{"user_id":"{{user}}","session_id":"{{session}}"}""");

        answer.Level().ShouldBe(0);
        answer.GetProperty("experiments")[0].GetProperty("arm").GetString().ShouldBe("treatment");
        (await Gateway.Http.GetStringAsync("/metrics")).ShouldContain("splitrail_sessions_total{result=\"unknown\"} 1");
    }

    [Fact]
    public async Task Guests_are_stored_when_the_store_is_back()
    {
        await BeginAsync("s");
        Sidecar.On(StorePath, static (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await ArmAsync(Gateway, null, "patient");
        await Eventually.ReachesAsync(() => Task.FromResult(Sidecar.BodiesOf(StorePath).Count), static tries => tries >= 1, "a first try");

        Sidecar.On(StorePath, StoreAsync);

        await Eventually.ReachesAsync(() => Task.FromResult(_stored.ContainsKey("guest-session-patient")), static stored => stored, "the session is stored");
    }

    /// <summary>A session whose own arm is the control, and a user whose own arm is the treatment.</summary>
    private async Task<(string Session, string User)> BeginAsync(string prefix)
    {
        Sidecar.On(StorePath, StoreAsync);
        ScriptedShop.SetSnapshot(Sidecar, 6, s_halves);
        await Eventually.ReachesAsync(() => Gateway.GetAsync("/stats"), static seen => seen.GetProperty("snapshot_version").GetInt64() == 6, "the new snapshot");
        var session = IdWithArm($"{prefix}", "control");
        Sidecar.On($"{StorePath}/{KeyOf(session)}", (context, _) => FindAsync(context, KeyOf(session)));
        Sidecar.On($"{StorePath}/{KeyOf("another")}", (context, _) => FindAsync(context, KeyOf("another")));
        return (session, IdWithArm("user-", "treatment"));
    }

    private static string KeyOf(string session) => $"guest-session-{Uri.EscapeDataString(session)}";

    private static string IdWithArm(string prefix, string arm)
    {
        var assigner = new Assigner(new ControlSnapshot(1, "", 0, null, [s_halves], new Dictionary<string, bool>()));
        var owners = new ushort[1];
        return Enumerable.Range(0, 100).Select(i => $"{prefix}{i}").First(id =>
        {
            assigner.Assign(new Subject(id, null), default, owners);
            return assigner.ArmOf(0, owners[0])!.Arm == arm;
        });
    }

    private static async Task<string?> ArmAsync(RunningGateway gateway, string? user, string? session)
    {
        var answer = await gateway.RecommendAsync(JsonSerializer.Serialize(new { user_id = user, session_id = session }));
        return answer.GetProperty("experiments")[0].GetProperty("arm").GetString();
    }

    private Task StoreAsync(Microsoft.AspNetCore.Http.HttpContext context, string body)
    {
        foreach (var item in JsonDocument.Parse(body).RootElement.EnumerateArray())
            _stored[item.GetProperty("key").GetString()!] = item.GetProperty("value").GetRawText();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task FindAsync(Microsoft.AspNetCore.Http.HttpContext context, string key)
    {
        if (!_stored.TryGetValue(key, out var value))
        {
            context.Response.StatusCode = 204;
            return;
        }

        context.Response.ContentType = "application/json";
        context.Response.Headers.ETag = "\"1\"";
        await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, value);
    }
}
