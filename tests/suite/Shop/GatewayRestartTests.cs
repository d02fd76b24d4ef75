using Shouldly;
using Splitrail.Contracts;
using Splitrail.Local;
using Xunit;

namespace Splitrail.Tests.Suite.Shop;

/// <summary>The whole shop; then experiment-svc goes away, and after that the gateway is restarted.</summary>
public sealed class GatewayRestart : IAsyncLifetime
{
    public const string Session = "guest-before-the-restart";
    public static readonly string[] Users = [.. Enumerable.Range(0, 60).Select(static i => $"shopper-{i}")];
    private InProcessSuite? _suite;

    internal ShopClient Client { get; private set; } = null!;

    /// <summary>Of the users, and of the session.</summary>
    internal string[] ArmsBefore { get; private set; } = [];

    internal string SessionsArm { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _suite = new InProcessSuite(await TrainedShop.CopyAsync());
        await _suite.StartAsync();
        using var http = new HttpClient();
        await SuiteReadiness.WaitAsync(_suite.Layout, http, TimeSpan.FromMinutes(1), static _ => { });
        Client = new ShopClient(_suite.Layout.Gateway);
        ArmsBefore = await ArmsAsync();
        SessionsArm = await ArmAsync(new { session_id = Session });

        await _suite.StopServiceAsync(AppIds.Experiment);
        await _suite.StopServiceAsync(AppIds.Gateway);
        await _suite.StartServiceAsync(AppIds.Gateway);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _suite!.DisposeAsync();
    }

    internal async Task<string[]> ArmsAsync()
    {
        var arms = new string[Users.Length];
        for (var i = 0; i < arms.Length; i++)
            arms[i] = await ArmAsync(new { user_id = Users[i] });
        return arms;
    }

    internal async Task<string> ArmAsync(object body)
    {
        var answer = await Eventually.ReachesAsync(() => Client.RecommendAsync(body), static seen => seen.Level == 0, "a full answer");
        return answer.Body.GetProperty("experiment_id").GetString()!;
    }
}

public sealed class GatewayRestartTests(GatewayRestart shop) : IClassFixture<GatewayRestart>
{
    [Fact]
    public async Task Everybody_keeps_his_arm_while_experiment_svc_is_away()
    {
        shop.ArmsBefore.Distinct().Count().ShouldBe(2);
        (await shop.ArmsAsync()).ShouldBe(shop.ArmsBefore);
    }

    [Fact]
    public async Task Health_says_degraded_while_experiment_svc_is_away()
    {
        var health = await Eventually.ReachesAsync(
            () => shop.Client.GetAsync("/health"), static seen => seen.GetProperty("status").GetString() == "degraded", "health has seen that experiment-svc is away");

        health.GetProperty("checks").GetProperty("control_feed").GetProperty("status").GetString().ShouldBe("degraded");
    }

    [Fact]
    public async Task A_guest_who_logs_in_afterwards_keeps_his_arm()
    {
        var user = GatewayRestart.Users[Array.FindIndex(shop.ArmsBefore, arm => arm != shop.SessionsArm)];

        (await shop.ArmAsync(new { user_id = user, session_id = GatewayRestart.Session })).ShouldBe(shop.SessionsArm);
        (await shop.ArmAsync(new { user_id = user, session_id = "his-next-session" })).ShouldNotBe(shop.SessionsArm);
    }
}
