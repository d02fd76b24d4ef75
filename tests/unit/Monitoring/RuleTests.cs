using System.Text.RegularExpressions;
using Shouldly;
using Splitrail.Tests.Unit.Charts;
using Splitrail.Tests.Unit.Repository;
using Xunit;

namespace Splitrail.Tests.Unit.Monitoring;

/// <summary>The recorded metrics and alerts of the chart, by promtool.</summary>
public sealed partial class RuleTests
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
        foreach (var alert in Yaml.Documents(File.ReadAllText(Path.Combine(s_rules, "alerts.yaml"))).Single().List("groups").SelectMany(static group => group.List("rules")))
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

    [HelmTheory]
    [InlineData("", "shop")]
    [InlineData("databases", "databases")]
    public async Task A_release_asks_for_its_own_namespace_alone_and_for_the_stores_where_they_are(string setting, string stores)
    {
        var groups = (await Manifests.RenderAsync("minimal", $"monitoring.storesNamespace=\"{setting}\"")).Of("PrometheusRule").SelectMany(static one => one.List("spec.groups")).ToArray();
        groups.ShouldContain(static group => group.Text("name") == "splitrail.stores");
        foreach (var group in groups)
        {
            var space = group.Text("name") == "splitrail.stores" ? stores : "shop";
            foreach (var rule in group.List("rules"))
            {
                var expression = rule.Text("expr")!;
                Selectors().Matches(expression).Select(static match => match.Value).ShouldAllBe(selector => selector.StartsWith($"{{namespace=\"{space}\"", StringComparison.Ordinal), expression);
                Unselected().Matches(BesideSeries().Replace(expression, " ")).ShouldBeEmpty(expression);
                if (rule.Text("alert") is not null && space != "shop")
                    rule.Text("labels.namespace").ShouldBe("shop", "or Alertmanager's routes do not find it");
            }
        }
    }

    [HelmTheory]
    [InlineData("7200", "> 5400")]
    [InlineData("14400", "> 10800")]
    public async Task Training_is_slow_by_what_it_may_take(string deadline, string bound)
    {
        var rules = (await Manifests.RenderAsync("minimal", $"jobs.train.deadlineSeconds={deadline}")).Of("PrometheusRule").SelectMany(static one => one.List("spec.groups")).SelectMany(static group => group.List("rules"));
        rules.Single(static rule => rule.Text("alert") == "SplitrailTrainingSlow").Text("expr")!.ShouldEndWith(bound);
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

    [GeneratedRegex("""\{(?:"[^"]*"|[^}"])*\}""")]
    private static partial Regex Selectors();

    /// <summary>What is no series without labels: series with them, strings, windows, lists of labels.</summary>
    [GeneratedRegex("""[a-z0-9_:]+\{(?:"[^"]*"|[^}"])*\}|"[^"]*"|\[[^\]]*\]|\b(?:by|without|on|ignoring)\s*\([^)]*\)""")]
    private static partial Regex BesideSeries();

    [GeneratedRegex(@"\b[a-z][a-z0-9]*[_:][a-z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Unselected();
}
