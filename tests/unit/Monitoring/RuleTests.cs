using System.Text.RegularExpressions;
using Shouldly;
using Splitrail.Tests.Unit.Charts;
using Splitrail.Tests.Unit.Repository;
using Xunit;

namespace Splitrail.Tests.Unit.Monitoring;

/// <summary>The recorded metrics and alerts of the chart, by promtool.</summary>
public sealed class RuleTests
{
    private static readonly string s_tests = Path.Combine(RepositoryRoot.Path, "tests", "unit", "Monitoring");
    private static readonly string s_rules = Path.Combine(ChartTools.Chart, "rules");

    [PromtoolTheory]
    [InlineData("recorded.yaml")]
    [InlineData("alerts.yaml")]
    public async Task Promtool_takes_the_rules(string file)
    {
        var output = await ChartTools.RunAsync("promtool", s_rules, "", "check", "rules", "--lint=all", "--lint-fatal", file);
        output.ExitCode.ShouldBe(0, output.All);
    }

    [PromtoolTheory]
    [InlineData("recorded.test.yaml")]
    [InlineData("alerts.test.yaml")]
    public async Task Rules_give_what_they_promise(string file)
    {
        var output = await ChartTools.RunAsync("promtool", s_tests, "", "test", "rules", file);
        output.ExitCode.ShouldBe(0, output.All);
    }

    [Fact]
    public void Each_alert_has_a_case_in_which_it_fires_and_one_in_which_it_is_silent()
    {
        var cases = Regex.Matches(File.ReadAllText(Path.Combine(s_tests, "alerts.test.yaml")), "^  - name: (.+)$", RegexOptions.Multiline).Select(static match => match.Groups[1].Value);
        cases.ShouldBe(Alerts().SelectMany(static alert => new[] { $"{alert} fires", $"{alert} is silent" }), ignoreOrder: true);
    }

    [Fact]
    public void Each_alert_says_how_urgent_it_is_and_has_a_runbook()
    {
        var runbooks = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"));
        foreach (var alert in Yaml.Documents(File.ReadAllText(Path.Combine(s_rules, "alerts.yaml"))).Single().List("groups").Single().List("rules"))
        {
            var name = alert.Text("alert")!;
            alert.Text("labels.severity").ShouldBeOneOf("page", "ticket");
            alert.Text("annotations.summary").ShouldNotBeNullOrEmpty(name);
            alert.Text("annotations.runbook_url").ShouldBe($"RUNBOOKS#{name.ToLowerInvariant()}");
            runbooks.ShouldContain($"\n### {name}\n", Case.Sensitive, "its runbook");
        }
    }

    [HelmFact]
    public async Task The_chart_hands_the_rules_to_the_operator_with_the_address_of_the_runbooks()
    {
        var rules = (await Manifests.RenderAsync("minimal")).Of("PrometheusRule").SelectMany(static one => one.List("spec.groups")).SelectMany(static group => group.List("rules")).ToArray();
        rules.Where(static rule => rule.At("alert") is not null).Select(static rule => rule.Text("alert")).ShouldBe(Alerts());
        rules.Select(static rule => rule.Text("annotations.runbook_url")).OfType<string>().ShouldAllBe(static url => url.StartsWith("https://"));
    }

    [Fact]
    public void The_query_of_the_p99_that_scales_is_documented_word_for_word()
    {
        var recorded = Yaml.Documents(File.ReadAllText(Path.Combine(s_rules, "recorded.yaml"))).Single().List("groups").SelectMany(static group => group.List("rules"));
        var query = recorded.Single(static rule => rule.Text("record") == "http_request_latency_p99").Text("expr")!;
        // In a table of Markdown a bar has a backslash before it.
        Dense(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "operations.md")).Replace("\\|", "|", StringComparison.Ordinal)).ShouldContain(Dense(query));

        static string Dense(string text) => Regex.Replace(text, @"\s", "");
    }

    private static string[] Alerts() =>
        [.. Yaml.Documents(File.ReadAllText(Path.Combine(s_rules, "alerts.yaml"))).Single().List("groups").SelectMany(static group => group.List("rules")).Select(static rule => rule.Text("alert")!)];
}
