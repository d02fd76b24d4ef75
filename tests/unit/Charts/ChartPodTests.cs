using System.Text.RegularExpressions;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Sql;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>What every pod of the chart has: probes, requests and limits, no rights, no secret in the open.</summary>
public sealed class ChartPodTests
{
    public static TheoryData<string> ValuesFiles => ChartRenderingTests.ValuesFiles;

    [HelmTheory]
    [MemberData(nameof(ValuesFiles))]
    public async Task Each_service_has_a_deployment_a_service_an_account_and_settings_of_its_name(string values)
    {
        var manifests = await Manifests.RenderAsync(values);
        foreach (var service in AppIds.All)
        {
            var name = $"splitrail-{service}";
            var container = manifests.One("Deployment", name).List("spec.template.spec.containers").ShouldHaveSingleItem();
            container.Text("name").ShouldBe(service);
            container.Text("image").ShouldNotBeNull().ShouldEndWith($"splitrail/{service}:0.1.0");
            var port = manifests.One("Service", name).List("spec.ports").Single(static one => one.Text("name") == "http");
            port.Text("targetPort").ShouldBe("http");
            container.List("ports").Single(static one => one.Text("name") == "http").Text("containerPort").ShouldBe("8080");
            container.List("args").Select(static one => ((YamlScalarNode)one).Value).ShouldBe(["--urls=http://0.0.0.0:8080", "--log-format=json", "--log-level=Information", "--log-sample=0", "--log-failures=50"]);
            manifests.One("ServiceAccount", name).Text("automountServiceAccountToken").ShouldBe("false");
            manifests.One("ConfigMap", name).Map("data").Keys.ShouldAllBe(static key => Regex.IsMatch(key, "^[A-Za-z]+__"));
        }
    }

    [HelmTheory]
    [MemberData(nameof(ValuesFiles))]
    public async Task A_service_matches_the_pods_of_its_deployment_and_no_others(string values)
    {
        var manifests = await Manifests.RenderAsync(values);
        foreach (var service in manifests.Of("Service"))
        {
            var selector = service.Map("spec.selector");
            manifests.Pods().Where(pod => selector.All(label => pod.Pod.Map("metadata.labels").GetValueOrDefault(label.Key) == label.Value)).ShouldHaveSingleItem(service.Text("metadata.name")!);
        }
    }

    [HelmTheory]
    [MemberData(nameof(ValuesFiles))]
    public async Task No_container_runs_as_root_writes_its_image_or_has_a_right(string values)
    {
        foreach (var (name, pod) in (await Manifests.RenderAsync(values)).Pods())
        {
            pod.Text("spec.securityContext.runAsNonRoot").ShouldBe("true", name);
            pod.Text("spec.securityContext.runAsUser").ShouldNotBe("0", name);
            pod.Text("spec.securityContext.seccompProfile.type").ShouldBe("RuntimeDefault", name);
            pod.Text("spec.automountServiceAccountToken").ShouldBe("false", name);
            foreach (var container in Containers(pod))
            {
                container.Text("securityContext.allowPrivilegeEscalation").ShouldBe("false", name);
                container.Text("securityContext.readOnlyRootFilesystem").ShouldBe("true", name);
                container.List("securityContext.capabilities.drop").Select(static one => one.ToString()).ShouldBe(["ALL"], name);
                container.At("resources.requests.cpu").ShouldNotBeNull(name);
                container.At("resources.requests.memory").ShouldNotBeNull(name);
                container.At("resources.limits.memory").ShouldNotBeNull(name);
            }
        }
    }

    [HelmFact]
    public async Task Probes_ask_the_app_itself_on_its_named_port()
    {
        foreach (var deployment in (await Manifests.RenderAsync("minimal")).Of("Deployment"))
        {
            var container = deployment.List("spec.template.spec.containers").Single();
            foreach (var (probe, path) in new[] { ("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
            {
                container.Text($"{probe}.httpGet.path").ShouldBe(path);
                container.Text($"{probe}.httpGet.port").ShouldBe("http");
            }

            var drain = int.Parse(container.Text("lifecycle.preStop.sleep.seconds")!);
            // What the host itself allows for its end is 10 seconds.
            int.Parse(deployment.Text("spec.template.spec.terminationGracePeriodSeconds")!).ShouldBeGreaterThan(drain + 10 + 8);
        }
    }

    [HelmTheory]
    [MemberData(nameof(ValuesFiles))]
    public async Task The_chart_writes_no_secret_and_names_those_it_needs(string values)
    {
        var manifests = await Manifests.RenderAsync(values);
        manifests.Of("Secret").ShouldBeEmpty();
        foreach (var (name, pod) in manifests.Pods())
        {
            foreach (var variable in Containers(pod).SelectMany(static one => one.List("env")).Where(static one => Regex.IsMatch(one.Text("name")!, "PASSWORD|TOKEN|KEY")))
                variable.Text("valueFrom.secretKeyRef.name").ShouldNotBeNullOrEmpty($"{name}: {variable.Text("name")}");
        }
    }

    [HelmFact]
    public async Task Connection_strings_take_login_and_password_from_the_secret_and_hold_the_pool()
    {
        var manifests = await Manifests.RenderAsync("minimal");
        foreach (var (service, section, pool) in new[] { ("feature-svc", "FeatureSvc", 5), ("experiment-svc", "ExperimentSvc", 8) })
        {
            var env = manifests.One("Deployment", $"splitrail-{service}").List("spec.template.spec.containers").Single().List("env").ToDictionary(static one => one.Text("name")!);
            var text = env[$"{section}__ConnectionString"].Text("value")!.Replace("$(POSTGRESQL_USER)", "us;er", StringComparison.Ordinal).Replace("$(POSTGRESQL_PASSWORD)", "pass;word=\"x", StringComparison.Ordinal);
            var address = PostgresAddress.Parse(text);
            (address.Host, address.Username, address.Password, address.MaxPoolSize).ShouldBe(("postgresql.example.internal", "us;er", "pass;word=\"x", pool));
        }
    }

    [HelmFact]
    public async Task Settings_change_the_pods_so_that_they_are_replaced()
    {
        const string Checksum = "spec.template.metadata.annotations.checksum/settings";
        var before = (await Manifests.RenderAsync("minimal")).One("Deployment", "splitrail-gateway").Text(Checksum);
        var changed = await Manifests.RenderAsync("minimal", """services.gateway.settings={"Gateway__Deadline":"00:00:00.200"}""");
        changed.One("Deployment", "splitrail-gateway").Text(Checksum).ShouldNotBe(before);
        changed.One("ConfigMap", "splitrail-gateway").Map("data")["Gateway__Deadline"].ShouldBe("00:00:00.200");
        changed.One("Deployment", "splitrail-ranking-svc").Text(Checksum).ShouldBe((await Manifests.RenderAsync("minimal")).One("Deployment", "splitrail-ranking-svc").Text(Checksum));
    }

    [HelmFact]
    public async Task Web_sites_and_limits_of_an_environment_reach_the_gateway_alone_and_replace_its_pods()
    {
        const string Checksum = "spec.template.metadata.annotations.checksum/exposure";
        var (closed, open) = (await Manifests.RenderAsync("minimal"), await Manifests.RenderAsync("production", "exposure.limits.perMinute=600"));
        Exposed(closed, AppIds.Gateway).ShouldBeEmpty();
        Exposed(open, AppIds.Gateway).ShouldBe(
        [
            "Gateway__CorsOrigins__0=https://shop.example.com", "Gateway__Limits__Burst=200", "Gateway__Limits__ClientHeader=X-Forwarded-For", "Gateway__Limits__PerMinute=600",
        ], ignoreOrder: true);
        AppIds.All.Where(static service => service != AppIds.Gateway).SelectMany(service => Exposed(open, service)).ShouldBeEmpty();
        open.One("Deployment", "splitrail-gateway").Text(Checksum).ShouldNotBe(closed.One("Deployment", "splitrail-gateway").Text(Checksum));

        static string[] Exposed(Manifests manifests, string service) =>
            [.. manifests.One("ConfigMap", $"splitrail-{service}").Map("data").Where(static one => one.Key.Contains("Cors", StringComparison.Ordinal) || one.Key.Contains("Limits", StringComparison.Ordinal)).Select(static one => $"{one.Key}={one.Value}")];
    }

    [HelmFact]
    public async Task Accounts_and_keys_reach_who_needs_them_by_their_secrets_alone()
    {
        var manifests = await Manifests.RenderAsync(
            "minimal", "access.requireKey=true", """access.accounts=[{"name":"anna","role":"admin","secretName":"accounts","secretKey":"anna"}]""", """access.jobSecret="job" """.Trim(), """access.previewSecret="preview" """.Trim());
        var env = Env(manifests.One("Deployment", "splitrail-experiment-svc").At("spec.template")!);
        env["ExperimentSvc__RequireKey"].Text("value").ShouldBe("true");
        (env["ExperimentSvc__Console__Accounts__0__Name"].Text("value"), env["ExperimentSvc__Console__Accounts__0__Role"].Text("value")).ShouldBe(("anna", "admin"));
        Secret(env["ExperimentSvc__Console__Accounts__0__Key"]).ShouldBe("accounts/anna");
        Secret(env["ExperimentSvc__PreviewKey"]).ShouldBe("preview/key");
        Secret(Env(manifests.One("Deployment", "splitrail-gateway").At("spec.template")!)["Gateway__PreviewKey"]).ShouldBe("preview/key");
        Secret(Env(manifests.One("CronJob", "splitrail-train").At("spec.jobTemplate.spec.template")!)["SPLITRAIL_API_KEY"]).ShouldBe("job/key");
        Env(manifests.One("Deployment", "splitrail-candidate-svc").At("spec.template")!).Keys.ShouldNotContain(static name => name.Contains("Key", StringComparison.Ordinal));

        static Dictionary<string, YamlNode> Env(YamlNode template) => template.List("spec.containers").Single().List("env").ToDictionary(static one => one.Text("name")!);
        static string Secret(YamlNode variable) => $"{variable.Text("valueFrom.secretKeyRef.name")}/{variable.Text("valueFrom.secretKeyRef.key")}";
    }

    private static IEnumerable<YamlNode> Containers(YamlNode pod) => pod.List("spec.containers").Concat(pod.List("spec.initContainers"));
}
