using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>Policies of calls to apps: the recorded cases <c>res.*</c>, <c>cb.*</c>, <c>cb2.*</c>, <c>rcb.*</c>, <c>rmcb.*</c>, <c>tcb.*</c>, with shorter times.</summary>
public sealed class ResiliencyTests : IAsyncLifetime
{
    private const string Policies = """
          policies:
            timeouts: {short: 200ms}
            retries:
              three: {policy: constant, duration: 20ms, maxRetries: 3}
              matched: {policy: constant, duration: 20ms, maxRetries: 3, matching: {httpStatusCodes: "429,502-504"}}
              none: {policy: constant, duration: 20ms, maxRetries: 0}
              exp: {policy: exponential, maxInterval: 20ms, maxRetries: 4}
            circuitBreakers:
              five: {maxRequests: 1, timeout: 300ms, trip: consecutiveFailures >= 5}
              two: {maxRequests: 2, timeout: 300ms, trip: consecutiveFailures >= 5}
              preset: {}
          targets:
            apps:
              svct: {timeout: short}
              svctr: {timeout: short, retry: three}
              svcr: {retry: three}
              svcrm: {retry: matched}
              svc0: {retry: none}
              svce: {retry: exp}
              ghostr: {retry: three}
              svccb: {circuitBreaker: five}
              svccb2: {circuitBreaker: two}
              svcdef: {circuitBreaker: preset}
              svcrcb: {retry: three, circuitBreaker: five}
              svcrmcb: {retry: matched, circuitBreaker: five}
              svctcb: {timeout: short, circuitBreaker: five}
        """;

    private readonly SidecarRig _rig = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RecordingApp _app = null!;
    private SidecarUnderTest _sidecar = null!;
    private int _status = 500;

    public async Task InitializeAsync()
    {
        _rig.File("resiliency.yaml", Yaml.Resiliency(Policies));
        _app = await _rig.AppAsync();
        _app.On("/w", async (_, context) =>
        {
            context.Response.StatusCode = _status;
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync($$"""{"status":{{_status}}}""");
        });
        _app.On("/slow", async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        _app.On("/held", async (_, context) =>
        {
            if (_status == 200)
                await _open.Task;
            context.Response.StatusCode = _status;
        });
        _app.On("/flaky", (_, context) =>
        {
            context.Response.StatusCode = _app.To("/flaky").Count < 3 ? 503 : 200;
            return Task.CompletedTask;
        });
        _sidecar = await _rig.SidecarAsync("ra");
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact(DisplayName = "res.timeout: a timeout answers 500 and the app was called once")]
    public async Task A_timeout_cuts_the_call()
    {
        (await InvokeAsync("svct", "slow")).ShouldBe((500, Fault("svct", "context deadline exceeded")));
        _app.To("/slow").Count.ShouldBe(1);
    }

    [Fact(DisplayName = "res.timeout+retry: a timeout is retried, the app gets four full calls")]
    public async Task A_timeout_is_retried()
    {
        (await InvokeAsync("svctr", "slow", "POST")).ShouldBe((500, Fault("svctr", "context deadline exceeded")));
        // The caller may hear of the last timeout before the app has written its call down.
        (await _app.WaitAsync("/slow", 4)).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("res.retry.500", "svcr", 500, 4)]
    [InlineData("res.retry.404", "svcr", 404, 4)]
    [InlineData("res.retry.400", "svcr", 400, 4)]
    [InlineData("res.retry.302", "svcr", 302, 1)]
    [InlineData("res.retry.matched.503", "svcrm", 503, 4)]
    [InlineData("res.retry.unmatched.500", "svcrm", 500, 1)]
    [InlineData("res.retry.zero", "svc0", 500, 1)]
    [InlineData("res.exp", "svce", 500, 5)]
    [InlineData("res.none", "plain", 500, 1)]
    public async Task After_the_last_try_the_caller_gets_the_apps_own_answer(string recorded, string appId, int status, int calls)
    {
        _status = status;
        (await InvokeAsync(appId, "w")).ShouldBe((status, $$"""{"status":{{status}}}"""), recorded);
        _app.To("/w").Count.ShouldBe(calls, recorded);
    }

    [Fact(DisplayName = "res.retry.flaky: the third try is good")]
    public async Task A_retry_can_succeed()
    {
        (await InvokeAsync("svcr", "flaky", "POST")).Status.ShouldBe(200);
        _app.To("/flaky").Count.ShouldBe(3);
    }

    [Fact(DisplayName = "res.retry.ghost: an unknown app is retried too")]
    public async Task An_unknown_app_keeps_its_text() => (await InvokeAsync("ghostr", "w", start: false)).ShouldBe((500, Fault("ghostr", SidecarEngine.NotFound("ghostr"))));

    [Fact(DisplayName = "cb.fail1–7, cb.otherpath, cb.open.post: five failures open one path")]
    public async Task The_fifth_failure_opens_the_breaker_of_that_path_only()
    {
        for (var i = 0; i < 5; i++)
            (await InvokeAsync("svccb", "w")).Body.ShouldBe("""{"status":500}""");
        (await InvokeAsync("svccb", "w")).ShouldBe((500, Fault("svccb", "circuit breaker is open")));
        (await InvokeAsync("svccb", "w?other=query", "POST")).ShouldBe((500, Fault("svccb", "circuit breaker is open")));
        _app.To("/w").Count.ShouldBe(5);
        (await InvokeAsync("svccb", "flaky")).Status.ShouldBe(503);
    }

    [Fact(DisplayName = "cb.halfopen.*, cb.reopened, cb.closedagain.*: one trial decides")]
    public async Task A_failing_trial_opens_again_and_a_good_one_closes()
    {
        await FailAsync("svccb", "w", 5);
        await UntilLetThroughAsync("svccb", "w");
        (await InvokeAsync("svccb", "w")).ShouldBe((500, Fault("svccb", "circuit breaker is open")));
        _status = 200;
        await UntilLetThroughAsync("svccb", "w");
        _status = 500;
        await FailAsync("svccb", "w", 5);
        (await InvokeAsync("svccb", "w")).ShouldBe((500, Fault("svccb", "circuit breaker is open")));
    }

    [Fact(DisplayName = "cb2.404.*: expected 404s open the breaker")]
    public async Task Statuses_of_4xx_count_as_failures()
    {
        _status = 404;
        for (var i = 0; i < 5; i++)
            (await InvokeAsync("svccb2", "w")).Status.ShouldBe(404);
        (await InvokeAsync("svccb2", "w")).ShouldBe((500, Fault("svccb2", "circuit breaker is open")));
    }

    [Fact(DisplayName = "cb2.halfopen.conc, cb2.after: two trials at most, the others are too many")]
    public async Task A_half_open_breaker_lets_so_many_through_and_refuses_the_rest()
    {
        await FailAsync("svccb2", "held", 5);
        _status = 200;
        List<Task<(int Status, string Body)>> trials = [];
        var seen = _app.To("/held").Count;
        await Eventually.TrueAsync(
            async () =>
            {
                trials.Add(InvokeAsync("svccb2", "held"));
                await Task.WhenAny(trials[^1], Task.Delay(20));
                return _app.To("/held").Count == seen + 2;
            },
            "both trials reach the app");
        (await InvokeAsync("svccb2", "held")).ShouldBe((500, Fault("svccb2", "too many requests")));
        _open.SetResult();
        (await Task.WhenAll(trials)).Count(answer => answer.Status == 200).ShouldBe(2);
        (await InvokeAsync("svccb2", "held")).Status.ShouldBe(200);
    }

    [Fact(DisplayName = "cb default: six failures open a breaker without a trip")]
    public async Task The_preset_trips_at_more_than_five()
    {
        for (var i = 0; i < 6; i++)
            (await InvokeAsync("svcdef", "w")).Body.ShouldBe("""{"status":500}""");
        (await InvokeAsync("svcdef", "w")).ShouldBe((500, Fault("svcdef", "circuit breaker is open")));
    }

    [Fact(DisplayName = "rcb.1–3: each retry counts for the breaker")]
    public async Task Retries_count_towards_the_breaker()
    {
        (await InvokeAsync("svcrcb", "w")).Body.ShouldBe("""{"status":500}""");
        _app.To("/w").Count.ShouldBe(4);
        (await InvokeAsync("svcrcb", "w")).ShouldBe((500, Fault("svcrcb", "circuit breaker is open")));
        _app.To("/w").Count.ShouldBe(5);
        (await InvokeAsync("svcrcb", "w")).ShouldBe((500, Fault("svcrcb", "circuit breaker is open")));
        _app.To("/w").Count.ShouldBe(5);
    }

    [Fact(DisplayName = "rmcb.*: statuses that matching leaves out count all the same")]
    public async Task Unmatched_statuses_count_towards_the_breaker()
    {
        await FailAsync("svcrmcb", "w", 5);
        (await InvokeAsync("svcrmcb", "w")).ShouldBe((500, Fault("svcrmcb", "circuit breaker is open")));
        _app.To("/w").Count.ShouldBe(5);
    }

    [Fact(DisplayName = "tcb.*: timeouts count towards the breaker")]
    public async Task Timeouts_count_towards_the_breaker()
    {
        for (var i = 0; i < 5; i++)
            (await InvokeAsync("svctcb", "slow")).ShouldBe((500, Fault("svctcb", "context deadline exceeded")));
        (await InvokeAsync("svctcb", "slow")).ShouldBe((500, Fault("svctcb", "circuit breaker is open")));
    }

    [Fact(DisplayName = "dapr_resiliency_cb_state, dapr_resiliency_activations_total under daprd's names")]
    public async Task Policies_that_act_are_metered_under_daprds_names()
    {
        var port = SidecarRig.FreePort();
        var caller = await _rig.SidecarAsync("metered", 0, "--metrics-port", port.ToString());
        await _rig.SidecarAsync("svccb", _app.Port);
        // The fifth failure opens it; daprd writes the state down when the sixth call meets it.
        for (var i = 0; i < 6; i++)
            await caller.GetAsync("/v1.0/invoke/svccb/method/w");
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));
        const string Labels = "{app_id=\"metered\",flow_direction=\"outbound\",name=\"test\",namespace=\"\",policy=\"circuitbreaker\",status=\"open\",target=\"app_svccb\"} 1";
        text.ShouldContain("dapr_resiliency_cb_state" + Labels);
        text.ShouldContain("dapr_resiliency_activations_total" + Labels);
    }

    private static string Fault(string appId, string text) => $$"""{"errorCode":"ERR_DIRECT_INVOKE","message":"failed to invoke, id: {{appId}}, err: {{text}}"}""";

    private async Task FailAsync(string appId, string path, int times)
    {
        for (var i = 0; i < times; i++)
            await InvokeAsync(appId, path);
    }

    /// <summary>Until the breaker lets a call reach the app.</summary>
    private async Task UntilLetThroughAsync(string appId, string path)
    {
        var seen = _app.To("/" + path).Count;
        await Eventually.TrueAsync(
            async () =>
            {
                await InvokeAsync(appId, path);
                return _app.To("/" + path).Count > seen;
            },
            "the breaker is half-open");
    }

    private readonly HashSet<string> _started = [];

    /// <summary>One app plays all the targets: it gets a sidecar under each name.</summary>
    private async Task<(int Status, string Body)> InvokeAsync(string appId, string path, string verb = "GET", bool start = true)
    {
        if (start && _started.Add(appId))
        {
            await _rig.SidecarAsync(appId, _app.Port);
        }

        var answer = await _sidecar.SendAsync(verb, $"/v1.0/invoke/{appId}/method/{path}", verb == "POST" ? "{}" : null);
        return (answer.Status, answer.Body);
    }
}
