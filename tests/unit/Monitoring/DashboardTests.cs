using System.Text.Json;
using Shouldly;
using Splitrail.Tests.Unit.Charts;
using Xunit;

namespace Splitrail.Tests.Unit.Monitoring;

/// <summary>The Grafana dashboards of the chart.</summary>
public sealed class DashboardTests
{
    private static readonly string[] s_files = Directory.GetFiles(Path.Combine(ChartTools.Chart, "dashboards"), "*.json");

    [Fact]
    public async Task Dashboards_are_what_their_script_writes()
    {
        var output = await ChartTools.RunAsync("node", ChartTools.Chart, "", "../../scripts/dashboards.mjs", "--check");
        output.ExitCode.ShouldBe(0, output.Error);
    }

    [HelmFact]
    public async Task Dashboards_fit_the_types_of_Grafana()
    {
        var output = await ChartTools.RunAsync("node", ChartTools.Folder, "", ["check-dashboards.mjs", .. s_files]);
        output.ExitCode.ShouldBe(0, output.All);
        output.Text.ShouldContain($"{s_files.Length} dashboards checked");
    }

    [PromtoolTheory]
    [InlineData("shop")]
    public async Task Every_expression_is_one_that_Prometheus_takes(string space)
    {
        var rules = s_files.SelectMany(Expressions).Select((expression, i) => $"  - record: panel:{i}\n    expr: {JsonSerializer.Serialize(expression.Replace("$namespace", space, StringComparison.Ordinal))}").ToArray();
        rules.Length.ShouldBeGreaterThan(60);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"groups:\n- name: dashboards\n  rules:\n{string.Join('\n', rules)}\n");
        var output = await ChartTools.RunAsync("promtool", ChartTools.Chart, "", "check", "rules", "--lint=none", file);
        File.Delete(file);
        output.ExitCode.ShouldBe(0, output.All);
    }

    [Fact]
    public void Every_panel_asks_for_the_namespace_that_was_chosen_alone() =>
        s_files.SelectMany(Expressions).Where(static expression => !expression.Contains("namespace=\"$namespace\"", StringComparison.Ordinal)).ShouldBeEmpty();

    [HelmFact]
    public async Task The_chart_hands_every_dashboard_to_Grafana()
    {
        var maps = (await Manifests.RenderAsync("minimal")).Of("ConfigMap").Where(static one => one.Map("metadata.labels").ContainsKey("grafana_dashboard")).ToArray();
        maps.SelectMany(static one => one.Map("data")).ToDictionary(static file => file.Key, static file => file.Value)
            .ShouldBe(s_files.ToDictionary(static file => Path.GetFileName(file), File.ReadAllText), ignoreOrder: true);
    }

    private static IEnumerable<string> Expressions(string file)
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(file));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(static panel => panel.GetProperty("targets").EnumerateArray()).Select(static target => target.GetProperty("expr").GetString()!)];
    }
}
