using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Local;
using Splitrail.Trainer.DemoShop;

namespace Splitrail.Benchmarks.Uplift;

/// <summary>
/// The product's own promise, kept by the product itself: people of the demo shop, whose tastes are known, are shown either what sells best or what the full pipeline recommends, as a real
/// experiment through gateway, events, sums and decisions. All of it as in production but for one thing: the seven whole days before a promotion are set to none.
/// </summary>
internal sealed class UpliftBench : IBench
{
    private const string Experiment = "pipeline";
    private const string Treatment = "full";
    private const string Control = "best-sellers";
    private const int Visitors = 24_000;
    private const int Portion = 2_000;
    private static readonly TimeSpan s_ready = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    public string Name => "uplift";

    public string Summary => "click-through of the full pipeline against best-sellers, as a real experiment that the machine decides";

    public IReadOnlyDictionary<string, BenchTarget> Targets { get; } = new Dictionary<string, BenchTarget>
    {
        ["ctr_lift"] = new(Min: 0.15),
        ["decided_promote"] = new(Min: 1),
    };

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("splitrail-uplift-").FullName;
        try
        {
            await using var suite = new InProcessSuite(Options(request.StateDirectory, state));
            await suite.StartAsync(cancellationToken);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = suite.Layout.Gateway, Timeout = TimeSpan.FromSeconds(30) };
            await SuiteReadiness.WaitAsync(suite.Layout, http, s_ready, request.Progress, cancellationToken);
            await BeginAsync(http, cancellationToken);
            var shop = new DemoShopOptions();
            var visitors = new ShopVisitors(http, new DemoPopulation(shop), shop, request.Seed, Experiment);
            return await RunAsync(http, visitors, request, cancellationToken);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static SuiteOptions Options(string prepared, string state) => PreparedShop.Suite(prepared, state) with
    {
        ExtraArguments = new Dictionary<string, IReadOnlyList<string>> { [AppIds.Experiment] = ["--ExperimentSvc:EvaluationInterval=00:00:02"] },
    };

    private static async Task BeginAsync(HttpClient http, CancellationToken cancellationToken)
    {
        // The shop's first experiment sets the same parameter: it rests.
        await PostAsync(http, "/v1/experiments/new-items/pause", "{}", cancellationToken);
        await PostAsync(http, "/v1/layers", """{"id":"promise","seed":"promise-1"}""", cancellationToken);
        await PostAsync(http, "/v1/experiments", $$"""
            {"id":"{{Experiment}}","layer":"promise","hypothesis":"Recommending to the person sells better than showing everybody what sells best.","owner":"bench",
             "arms":[{"id":"{{Control}}","control":true,"share":0.5,"parameters":{"mix":"popular","ranker":"none"} },{"id":"{{Treatment}}","share":0.5}],
             "metrics":[{"name":"click_through","role":"goal","minimum_effect":0.15},{"name":"user_conversion","role":"guardrail","margin":0.05}],
             "horizon":{"units":{{Visitors}}},"decisions":{"mode":"act","floor_days":0} }
            """, cancellationToken);
        await PostAsync(http, $"/v1/experiments/{Experiment}/start", "{}", cancellationToken);
        var started = Stopwatch.GetTimestamp();
        while (!await ServesAsync(http, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(started) > s_patience)
                throw new InvalidOperationException("The gateway does not serve the experiment.");
            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<bool> ServesAsync(HttpClient http, CancellationToken cancellationToken)
    {
        // Without ids: it is served the control and not counted.
        var answer = await PostAsync(http, "/v1/recommendations", "{}", cancellationToken);
        return answer.GetProperty("experiments").EnumerateArray().Any(static one => one.GetProperty("id").GetString() == Experiment);
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunAsync(HttpClient http, ShopVisitors visitors, BenchRequest request, CancellationToken cancellationToken)
    {
        JsonElement? decision = null;
        var sent = 0;
        while (sent < Visitors && decision is null)
        {
            await visitors.SendAsync(sent, sent + Portion, cancellationToken);
            sent += Portion;
            request.Progress($"{sent} of {Visitors} visitors, click-through {string.Join(", ", visitors.Arms.OrderBy(static arm => arm.Key).Select(static arm => $"{arm.Key} {arm.Value.ClickThrough:0.0000}"))}");
            decision = await DecisionAsync(http, cancellationToken);
        }

        var started = Stopwatch.GetTimestamp();
        while (decision is null && Stopwatch.GetElapsedTime(started) < s_patience)
        {
            await Task.Delay(500, cancellationToken);
            decision = await DecisionAsync(http, cancellationToken);
        }

        request.Progress(decision is { } made ? $"decided: {made.GetProperty("kind")} {made.GetProperty("arm")}. {made.GetProperty("sentence")}" : "nothing was decided");
        var results = await http.GetFromJsonAsync<JsonElement>($"/v1/experiments/{Experiment}/results", cancellationToken);
        return Figures(results, decision, visitors, sent);
    }

    private static Dictionary<string, double> Figures(JsonElement results, JsonElement? decision, ShopVisitors visitors, int sent)
    {
        var goal = results.GetProperty("metrics").EnumerateArray().Single(static metric => metric.GetProperty("name").GetString() == "click_through").GetProperty("arms")[0];
        var lift = goal.GetProperty("lift");
        var (full, control) = (visitors.Arms[Treatment], visitors.Arms[Control]);
        var shown = results.GetProperty("shown").GetProperty("arms").EnumerateArray().ToDictionary(static arm => arm.GetProperty("arm").GetString()!);
        return new Dictionary<string, double>
        {
            ["ctr_lift"] = lift.GetProperty("value").GetDouble(),
            ["ctr_lift_low"] = lift.GetProperty("low").GetDouble(),
            ["ctr_lift_high"] = lift.GetProperty("high").GetDouble(),
            ["ctr_best_sellers"] = goal.GetProperty("control_value").GetDouble(),
            ["ctr_full"] = goal.GetProperty("value").GetDouble(),
            // What the visitors themselves saw and did, beside what the product counted.
            ["ctr_lift_by_visitors"] = (full.ClickThrough / control.ClickThrough) - 1,
            ["decided_promote"] = decision is { } made && made.GetProperty("kind").GetString() == "promote" && made.GetProperty("arm").GetString() == Treatment ? 1 : 0,
            ["coverage_best_sellers"] = shown[Control].GetProperty("compared_coverage").GetDouble(),
            ["coverage_full"] = shown[Treatment].GetProperty("compared_coverage").GetDouble(),
            ["category_entropy_best_sellers"] = shown[Control].GetProperty("category_entropy").GetDouble(),
            ["category_entropy_full"] = shown[Treatment].GetProperty("category_entropy").GetDouble(),
            ["users_counted"] = results.GetProperty("users").GetInt64(),
            ["visitors"] = sent,
            ["fallback_level_0_share"] = (double)visitors.FullAnswers / sent,
        };
    }

    /// <summary>The first that is more than a look.</summary>
    private static async Task<JsonElement?> DecisionAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var log = await http.GetFromJsonAsync<JsonElement>($"/v1/experiments/{Experiment}/decisions", cancellationToken);
        return log.GetProperty("decisions").EnumerateArray().Where(static one => one.GetProperty("kind").GetString() != "look").Select(static one => (JsonElement?)one.Clone()).LastOrDefault();
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
