using Shouldly;
using Xunit;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>The chart renders with each of its values files, and refuses what would fail later.</summary>
public sealed class ChartRenderingTests
{
    public static TheoryData<string> ValuesFiles => [.. ChartTools.Values];

    [HelmTheory]
    [MemberData(nameof(ValuesFiles))]
    public async Task Helm_lints_the_chart_strictly(string values)
    {
        var output = await ChartTools.HelmAsync("lint", "--strict", ".", "--values", $"values-{values}.yaml");
        output.ExitCode.ShouldBe(0, output.All);
    }

    [HelmTheory]
    [MemberData(nameof(ValuesFiles))]
    public async Task No_object_has_the_name_of_another(string values)
    {
        var manifests = await Manifests.RenderAsync(values);
        manifests.All.Select(static one => $"{one.Text("apiVersion")} {one.Text("kind")} {one.Text("metadata.name")}").ShouldBeUnique();
    }

    [ManifestTheory]
    [MemberData(nameof(ValuesFiles))]
    public async Task Every_object_is_what_Kubernetes_and_its_extensions_take(string values)
    {
        var manifests = await Manifests.RenderAsync(values);
        var output = await ChartTools.RunAsync("node", ChartTools.Folder, manifests.Text, ManifestTheoryAttribute.Checker!, "-");
        output.ExitCode.ShouldBe(0, output.All);
        output.Text.ShouldContain($"{manifests.All.Count} documents, 0 faults");
    }

    [HelmTheory]
    [InlineData("services.gatway.pool=1", "gatway")]
    [InlineData("services.gateway.autoscalling.max=9", "autoscalling")]
    [InlineData("networkPolicy.enable=false", "enable")]
    [InlineData("jobs.train.shedule=x", "shedule")]
    [InlineData("redis.host=redis", "host")]
    [InlineData("autoscaling.engine=hap", "engine")]
    [InlineData("exposure.cors.origin=x", "origin")]
    [InlineData("exposure.cors.origins={https://shop.example.com/}", "origins")]
    [InlineData("exposure.limits.perSecond=5", "perSecond")]
    public async Task A_misspelt_value_is_refused(string setting, string named)
    {
        var output = await TemplateAsync(setting);
        output.ExitCode.ShouldNotBe(0);
        output.Error.ShouldContain(named);
    }

    [HelmFact]
    public async Task More_replicas_than_PostgreSQL_has_connections_for_are_refused_with_the_sum()
    {
        var output = await TemplateAsync("services.feature-svc.autoscaling.max=30");
        output.ExitCode.ShouldNotBe(0);
        output.Error.ShouldContain("187 connections (experiment-svc (3 + 1 in a rollout) x 8, feature-svc (30 + 1 in a rollout) x 5)");
        (await TemplateAsync("services.feature-svc.autoscaling.max=30", "postgresql.maxConnections=193")).ExitCode.ShouldBe(0);
        (await TemplateAsync("services.feature-svc.autoscaling.max=30", "postgresql.maxConnections=192")).ExitCode.ShouldNotBe(0);
    }

    [HelmTheory]
    [InlineData("services.gateway.autoscaling.min=60", "min 60 is above max 50")]
    [InlineData("services.gateway.drainSeconds=40", "leaves nothing")]
    [InlineData("exposure.gatewayApi.enabled=true", "parentRefs")]
    [InlineData("postgresql.secretName=", "secretName")]
    [InlineData("access.requireKey=true", "access.accounts is empty")]
    [InlineData("access.requireKey=true,access.accounts[0].name=a,access.accounts[0].role=admin,access.accounts[0].secretName=s,access.accounts[0].secretKey=k", "jobs.train publishes to the registry")]
    public async Task What_contradicts_itself_is_refused(string setting, string reason)
    {
        var output = await TemplateAsync(setting);
        output.ExitCode.ShouldNotBe(0);
        output.Error.ShouldContain(reason);
    }

    [HelmFact]
    public async Task The_table_of_the_readme_is_made_of_the_values()
    {
        var output = await ChartTools.RunAsync("node", ChartTools.Chart, "", "../../scripts/chart-readme.mjs", "--check");
        output.ExitCode.ShouldBe(0, output.Error);
    }

    private static Task<Output> TemplateAsync(params string[] settings) =>
        ChartTools.HelmAsync(["template", ".", "--values", "values-minimal.yaml", .. settings.SelectMany(static setting => new[] { "--set", setting })]);
}
