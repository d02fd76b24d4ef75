using Shouldly;
using Splitrail.Contracts;
using Splitrail.Tests.Unit.Repository;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>What the chart tells Dapr: the files of dapr-components/cluster, and who is which app.</summary>
public sealed class ChartDaprTests
{
    private static readonly string s_files = Path.Combine(RepositoryRoot.Path, "dapr-components", "cluster");

    [HelmFact]
    public void The_charts_folder_dapr_is_a_link_to_the_files_of_the_cluster()
    {
        var link = new DirectoryInfo(Path.Combine(ChartTools.Chart, "dapr")).ResolveLinkTarget(returnFinalTarget: true).ShouldNotBeNull("a copy would go its own way");
        Path.TrimEndingDirectorySeparator(link.FullName).ShouldBe(s_files);
    }

    [HelmTheory]
    [InlineData("small")]
    [InlineData("minimal")]
    [InlineData("keda")]
    public async Task Dapr_gets_the_files_of_the_cluster_with_nothing_but_address_and_password_of_Redis_changed(string values)
    {
        var rendered = Yaml.Documents((await Manifests.RenderAsync(values)).Text).Where(IsDapr).ToDictionary(Key, WithoutRedis);
        var files = Files().ToDictionary(Key, WithoutRedis);
        rendered.Keys.ShouldBe(files.Keys, ignoreOrder: true);
        foreach (var (name, spec) in files)
            rendered[name].ShouldBe(spec, name);
    }

    [HelmFact]
    public async Task In_production_TLS_and_the_collector_are_added_and_nothing_else()
    {
        var rendered = Yaml.Documents((await Manifests.RenderAsync("production")).Text).Where(IsDapr).ToDictionary(Key, WithoutRedis);
        foreach (var (name, spec) in Files().ToDictionary(Key, WithoutRedis))
        {
            rendered[name].Replace("{name:\"enableTLS\",value:\"true\"},", "", StringComparison.Ordinal)
                .Replace("otel:{endpointAddress:\"otel-collector.monitoring:4317\",isSecure:false,protocol:\"grpc\"},", "", StringComparison.Ordinal)
                .ShouldBe(spec, name);
        }
    }

    [HelmFact]
    public async Task Components_read_the_password_of_Redis_from_its_secret()
    {
        foreach (var component in (await Manifests.RenderAsync("minimal")).Of("Component"))
        {
            var metadata = component.List("spec.metadata").ToDictionary(static one => one.Text("name")!);
            metadata["redisHost"].Text("value").ShouldBe("redis.example.internal:6379");
            metadata["redisPassword"].Text("secretKeyRef.name").ShouldBe("splitrail-redis");
            metadata["redisPassword"].At("value").ShouldBeNull();
        }
    }

    [HelmTheory]
    [MemberData(nameof(ChartRenderingTests.ValuesFiles), MemberType = typeof(ChartRenderingTests))]
    public async Task Each_service_is_the_Dapr_app_of_its_name_on_the_port_it_listens_on(string values)
    {
        var manifests = await Manifests.RenderAsync(values);
        manifests.Of("Deployment").Select(static one => one.Text("spec.template.metadata.annotations.\"dapr.io/app-id\"")).ShouldBe(AppIds.All, ignoreOrder: true);
        foreach (var service in AppIds.All)
        {
            var template = manifests.One("Deployment", $"splitrail-{service}").At("spec.template")!;
            var annotations = template.Map("metadata.annotations");
            annotations["dapr.io/enabled"].ShouldBe("true");
            annotations["dapr.io/app-id"].ShouldBe(service);
            annotations["dapr.io/app-port"].ShouldBe("8080");
            annotations["dapr.io/config"].ShouldBe(Files().Single(static file => file.Text("kind") == "Configuration").Text("metadata.name"));
            annotations["dapr.io/app-health-check-path"].ShouldBe("/health/live", "readiness waits for the sidecar's feeds: asking it would be circular");
            annotations["dapr.io/log-as-json"].ShouldBe("true");
            annotations.Keys.ShouldContain("dapr.io/sidecar-memory-limit");
        }
    }

    [HelmFact]
    public async Task Subscriptions_name_apps_that_the_chart_has()
    {
        foreach (var scope in (await Manifests.RenderAsync("minimal")).Of("Subscription").SelectMany(static one => one.List("scopes")))
            AppIds.All.ShouldContain(((YamlScalarNode)scope).Value!);
    }

    [HelmFact]
    public async Task Sidecars_and_apps_show_each_other_tokens_from_secrets()
    {
        var annotations = (await Manifests.RenderAsync("production")).One("Deployment", "splitrail-gateway").Map("spec.template.metadata.annotations");
        annotations["dapr.io/api-token-secret"].ShouldBe("splitrail-dapr-api");
        annotations["dapr.io/app-token-secret"].ShouldBe("splitrail-dapr-app");
    }

    [HelmFact]
    public async Task A_native_sidecar_is_a_switch()
    {
        const string Native = "spec.template.metadata.annotations.\"dapr.io/enable-native-sidecar\"";
        (await Manifests.RenderAsync("minimal")).One("Deployment", "splitrail-gateway").Text(Native).ShouldBeNull();
        (await Manifests.RenderAsync("minimal", "dapr.nativeSidecar=true")).One("Deployment", "splitrail-gateway").Text(Native).ShouldBe("true");
    }

    private static IEnumerable<YamlNode> Files() => Directory.GetFiles(s_files, "*.yaml").SelectMany(static file => Yaml.Documents(File.ReadAllText(file)));

    private static bool IsDapr(YamlNode resource) => resource.Text("apiVersion")!.StartsWith("dapr.io/", StringComparison.Ordinal);

    private static string Key(YamlNode resource) => $"{resource.Text("apiVersion")} {resource.Text("kind")} {resource.Text("metadata.name")}";

    private static string WithoutRedis(YamlNode resource)
    {
        foreach (var setting in resource.List("spec.metadata").OfType<YamlMappingNode>())
        {
            if (setting.Text("name") is "redisHost" or "redisPassword")
            {
                setting.Children.Remove("secretKeyRef");
                setting.Children["value"] = "of the cluster";
            }
        }

        return $"{resource.At("spec")!.Canonical()} {resource.At("scopes")?.Canonical()}";
    }
}
