using Shouldly;
using Splitrail.Contracts;
using Splitrail.Trainer.Commands;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>How the services live in a cluster: networks, scaling, jobs, the way in, upgrades.</summary>
public sealed class ChartClusterTests
{
    /// <summary>What shops call: no experiment, model, cache, console, metric or health among it.</summary>
    private static readonly string[] s_public = ["/v1/recommendations", "/v1/items", "/v1/popular", "/v1/search", "/v1/events", "/recommend"];

    [HelmFact]
    public async Task Every_pod_is_denied_everything_before_something_is_allowed()
    {
        var manifests = await Manifests.RenderAsync("small");
        var deny = manifests.One("NetworkPolicy", "splitrail-deny");
        deny.List("spec.policyTypes").Select(static one => one.ToString()).ShouldBe(["Ingress", "Egress"]);
        deny.At("spec.ingress").ShouldBeNull();
        var selector = deny.Map("spec.podSelector.matchLabels");
        foreach (var (name, pod) in manifests.Pods())
            selector.ShouldAllBe(label => pod.Map("metadata.labels").GetValueOrDefault(label.Key) == label.Value, name);
    }

    [HelmFact]
    public async Task Only_services_with_a_database_reach_PostgreSQL_and_only_the_gateway_is_open_to_the_way_in()
    {
        var manifests = await Manifests.RenderAsync("production");
        foreach (var service in AppIds.All)
        {
            var policy = manifests.One("NetworkPolicy", $"splitrail-{service}").Canonical();
            policy.Contains("port:6432", StringComparison.Ordinal).ShouldBe(service is AppIds.Feature or AppIds.Experiment, service);
            policy.Contains("ingress-nginx", StringComparison.Ordinal).ShouldBe(service is AppIds.Gateway, service);
        }
    }

    [HelmTheory]
    [InlineData("production", "port:6380")]
    [InlineData("small", "app.kubernetes.io/name:\"redis\"")]
    public async Task Only_apps_that_a_component_of_Redis_is_for_reach_it(string values, string redis)
    {
        var manifests = await Manifests.RenderAsync(values);
        var apps = manifests.Of("Component").SelectMany(static one => one.List("scopes")).Select(static one => one.ToString()).ToHashSet();
        apps.ShouldBe([AppIds.Gateway, AppIds.Feature, AppIds.Experiment], ignoreOrder: true);
        foreach (var policy in manifests.Of("NetworkPolicy").Where(static one => !one.Text("metadata.name")!.EndsWith("-redis", StringComparison.Ordinal)))
        {
            var name = policy.Text("metadata.name")!["splitrail-".Length..];
            policy.At("spec")!.Canonical().Contains(redis, StringComparison.Ordinal).ShouldBe(apps.Contains(name), name);
        }
    }

    [HelmFact]
    public async Task Jobs_of_the_trainer_do_not_reach_the_database_and_migrations_reach_nothing_else()
    {
        var manifests = await Manifests.RenderAsync("production");
        manifests.One("NetworkPolicy", "splitrail-jobs").Canonical().ShouldNotContain("6432");
        manifests.One("NetworkPolicy", "splitrail-migrations").List("spec.egress").ShouldHaveSingleItem().Canonical().ShouldContain("6432");
        foreach (var (policy, component) in new[] { ("jobs", "job"), ("migrations", "migration") })
        {
            var selector = manifests.One("NetworkPolicy", $"splitrail-{policy}").Map("spec.podSelector.matchLabels");
            selector["app.kubernetes.io/component"].ShouldBe(component);
            manifests.Pods().Count(pod => selector.All(label => pod.Pod.Map("metadata.labels").GetValueOrDefault(label.Key) == label.Value)).ShouldBeGreaterThan(0, policy);
        }
    }

    [HelmFact]
    public async Task Pages_go_to_PagerDuty_and_everything_goes_to_Slack()
    {
        var route = (await Manifests.RenderAsync("minimal", "monitoring.alertmanager.enabled=true")).Of("AlertmanagerConfig").ShouldHaveSingleItem().At("spec.route")!;
        var pages = route.List("routes").First();
        (pages.Text("receiver"), pages.Text("continue")).ShouldBe(("pagerduty", "true"));
        pages.List("matchers").ShouldHaveSingleItem().Text("value").ShouldBe("page");
        // A branch that took an alert keeps it from the root's receiver: the last branch takes all.
        var last = route.List("routes").Last();
        (last.Text("receiver"), last.At("matchers")).ShouldBe(("slack", null));
    }

    [HelmFact]
    public async Task An_autoscaler_takes_work_in_flight_the_stages_p99_and_CPU()
    {
        var manifests = await Manifests.RenderAsync("minimal");
        var gateway = manifests.One("HorizontalPodAutoscaler", "splitrail-gateway");
        (gateway.Text("spec.minReplicas"), gateway.Text("spec.maxReplicas")).ShouldBe(("5", "50"));
        gateway.List("spec.metrics").Select(static metric => metric.Text("pods.metric.name") ?? metric.Text("external.metric.name") ?? metric.Text("containerResource.name"))
            .ShouldBe(["http_requests_in_flight", "http_request_latency_p99", "cpu"]);
        gateway.List("spec.metrics").Single(static metric => metric.Text("type") == "External").Text("external.target.type").ShouldBe("Value");
        gateway.List("spec.metrics").Last().Text("containerResource.target.averageUtilization").ShouldBe("70");
        gateway.Text("spec.behavior.scaleDown.stabilizationWindowSeconds").ShouldBe("180");
        foreach (var deployment in manifests.Of("Deployment"))
            deployment.At("spec.replicas").ShouldBeNull("an upgrade would undo what the autoscaler did");
    }

    [HelmFact]
    public async Task KEDA_takes_replicas_away_only_while_CPU_and_p99_are_low()
    {
        var manifests = await Manifests.RenderAsync("keda");
        manifests.Of("HorizontalPodAutoscaler").ShouldBeEmpty();
        var gateway = manifests.One("ScaledObject", "splitrail-gateway");
        gateway.Text("spec.advanced.scalingModifiers.formula")
            .ShouldBe("max(cpu / 0.7, work / 15, p99 / 0.1) >= 1 || (cpu < 0.5 && p99 < 0.05) ? float(max(cpu / 0.7, work / 15, p99 / 0.1)) : 1.0");
        gateway.List("spec.triggers").Select(static one => one.Text("name")).ShouldBe(["cpu", "work", "p99"]);
    }

    [HelmFact]
    public async Task An_upgrade_from_one_autoscaler_to_the_other_and_back_is_refused_by_neither()
    {
        var (hpas, objects) = ((await Manifests.RenderAsync("minimal")).Of("HorizontalPodAutoscaler").ToArray(), (await Manifests.RenderAsync("keda")).Of("ScaledObject").ToArray());
        hpas.Length.ShouldBe(objects.Length);
        hpas.ShouldAllBe(static one => one.Text("metadata.annotations.\"validations.keda.sh/hpa-ownership\"") == "false");
        // KEDA's own, of this name, goes when its ScaledObject goes.
        objects.Select(static one => one.Text("spec.advanced.horizontalPodAutoscalerConfig.name")).Intersect(hpas.Select(static one => one.Text("metadata.name"))).ShouldBeEmpty();
    }

    [HelmFact]
    public async Task Training_runs_at_night_one_at_a_time_on_the_volume_the_services_read()
    {
        var manifests = await Manifests.RenderAsync("minimal");
        var train = manifests.One("CronJob", "splitrail-train");
        train.Text("spec.concurrencyPolicy").ShouldBe("Forbid");
        train.At("spec.jobTemplate.spec.template")!.List("spec.containers").ShouldHaveSingleItem().List("args").Select(static one => one.ToString())
            .ShouldBe(["train", "--dataset", "/models/dataset", "--models", "/models", "--tuned", "/models/tuned.json", "--impressions", "http://splitrail-experiment-svc", "--registry", "http://splitrail-experiment-svc"]);
        var claim = manifests.Of("PersistentVolumeClaim").ShouldHaveSingleItem().Text("metadata.name");
        foreach (var pod in manifests.Pods().Where(static pod => pod.Name is "CronJob splitrail-train" or "Deployment splitrail-ranking-svc" or "Deployment splitrail-candidate-svc"))
            pod.Pod.List("spec.volumes").Select(static one => one.Text("persistentVolumeClaim.claimName")).ShouldContain(claim, pod.Name);
        manifests.One("Deployment", "splitrail-ranking-svc").List("spec.template.spec.containers").Single().List("volumeMounts")
            .Single(static one => one.Text("name") == "models").Text("readOnly").ShouldBe("true");
    }

    [HelmFact]
    public async Task Tuning_and_lists_for_all_users_are_switched_on_by_name_and_are_commands_of_the_trainer()
    {
        (await Manifests.RenderAsync("minimal")).Of("CronJob").Select(static one => one.Text("metadata.name")).ShouldBe(["splitrail-train"]);
        var jobs = await Manifests.RenderAsync("minimal", "jobs.tune.enabled=true", "jobs.batch.enabled=true");
        foreach (var (name, command) in new[] { ("tune", TuneCommand.Create()), ("batch", BatchCommand.Create()), ("train", TrainCommand.Create()) })
        {
            var container = jobs.One("CronJob", $"splitrail-{name}").At("spec.jobTemplate.spec.template")!.List("spec.containers").ShouldHaveSingleItem();
            var arguments = container.List("args").Select(static one => one.ToString()).ToArray();
            arguments[0].ShouldBe(command.Name);
            command.Parse(arguments[1..]).Errors.ShouldBeEmpty();
            jobs.One("CronJob", $"splitrail-{name}").Text("spec.concurrencyPolicy").ShouldBe("Forbid");
        }
    }

    [HelmFact]
    public async Task A_job_with_a_sidecar_ends_it_after_its_last_step()
    {
        var job = (await Manifests.RenderAsync("small", "jobs.demo.dapr=true")).One("Job", "splitrail-demo");
        job.Text("spec.template.metadata.annotations.\"dapr.io/app-id\"").ShouldBe("trainer-demo");
        job.Text("spec.template.metadata.annotations.\"dapr.io/app-port\"").ShouldBeNull();
        Ends(job.List("spec.template.spec.initContainers").ShouldHaveSingleItem()).ShouldBe("false");
        Ends(job.List("spec.template.spec.containers").ShouldHaveSingleItem()).ShouldBe("true");

        static string? Ends(YamlNode container) => container.List("env").Single(static one => one.Text("name") == "SPLITRAIL_END_SIDECAR").Text("value");
    }

    [HelmTheory]
    [InlineData("minimal", "pre-install,pre-upgrade")]
    [InlineData("small", "post-install,pre-upgrade")]
    public async Task Schemas_are_brought_up_once_before_the_new_replicas(string values, string hook)
    {
        var migrations = (await Manifests.RenderAsync(values)).Of("Job").Where(static job => job.Text("metadata.name")!.EndsWith("-migrate", StringComparison.Ordinal)).ToArray();
        migrations.Select(static job => job.Text("metadata.name")).ShouldBe(["splitrail-experiment-svc-migrate", "splitrail-feature-svc-migrate"], ignoreOrder: true);
        migrations.ShouldAllBe(job => job.Text("metadata.annotations.\"helm.sh/hook\"") == hook);
        migrations.ShouldAllBe(static job => job.At("spec.parallelism") == null);
        migrations.SelectMany(static job => job.List("spec.template.spec.containers")).ShouldAllBe(static one => one.List("args").First().ToString() == "migrate");
    }

    [HelmFact]
    public async Task The_way_in_leads_to_the_public_API_alone()
    {
        var ingress = (await Manifests.RenderAsync("production")).Of("Ingress").ShouldHaveSingleItem();
        var paths = ingress.List("spec.rules").SelectMany(static rule => rule.List("http.paths")).Select(static one => one.Text("path")!).ToArray();
        paths.ShouldBe(s_public);
        var route = (await Manifests.RenderAsync("minimal", """exposure.gatewayApi={"enabled":true,"parentRefs":[{"name":"public","namespace":"gateways"}],"hosts":["shop.example.com"]}"""))
            .Of("HTTPRoute").ShouldHaveSingleItem();
        route.List("spec.rules").Single().List("matches").Select(static one => one.Text("path.value")).ShouldBe(s_public);
        route.List("spec.rules").Single().List("backendRefs").Single().Text("name").ShouldBe("splitrail-gateway");
    }

    [HelmTheory]
    [InlineData("""image.tag="9.9.9" """, "services.gateway.autoscaling.max=60")]
    [InlineData("""telemetry.otlpEndpoint="http://collector:4317" """, "dapr.nativeSidecar=true")]
    [InlineData("""autoscaling.engine="keda" """, "networkPolicy.enabled=false")]
    public async Task An_upgrade_and_its_rollback_change_no_selector(string one, string other)
    {
        var before = Selectors(await Manifests.RenderAsync("minimal"));
        before.Count.ShouldBeGreaterThan(5);
        foreach (var (name, selector) in Selectors(await Manifests.RenderAsync("minimal", one.Trim(), other)))
            selector.ShouldBe(before[name], name);
        before.Values.ShouldAllBe(static selector => !selector.Contains("version", StringComparison.Ordinal) && !selector.Contains("chart", StringComparison.Ordinal));
    }

    [HelmFact]
    public async Task Volumes_of_stores_and_models_keep_their_names_and_models_outlive_the_release()
    {
        var manifests = await Manifests.RenderAsync("small");
        manifests.Of("PersistentVolumeClaim").ShouldHaveSingleItem().Text("metadata.annotations.\"helm.sh/resource-policy\"").ShouldBe("keep");
        manifests.Of("StatefulSet").SelectMany(static one => one.List("spec.volumeClaimTemplates")).Select(static one => one.Text("metadata.name")).ShouldAllBe(static name => name == "data");
    }

    private static Dictionary<string, string> Selectors(Manifests manifests) => manifests.All
        .Where(static one => one.Text("kind") is "Deployment" or "StatefulSet" or "Service" or "PodDisruptionBudget")
        .ToDictionary(static one => $"{one.Text("kind")} {one.Text("metadata.name")}", static one => one.At("spec.selector")!.Canonical());
}
