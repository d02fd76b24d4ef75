using System.Collections.Concurrent;
using Shouldly;
using YamlDotNet.RepresentationModel;

namespace Splitrail.Tests.Unit.Charts;

/// <summary>What the chart renders with one of its values files, as release <c>splitrail</c> in namespace <c>shop</c>.</summary>
internal sealed class Manifests(string text)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Manifests>>> s_rendered = new();

    public string Text { get; } = text;

    public IReadOnlyList<YamlNode> All { get; } = [.. Yaml.Documents(text)];

    public static Task<Manifests> RenderAsync(string values, params string[] settings) =>
        s_rendered.GetOrAdd($"{values} {string.Join(' ', settings)}", _ => new Lazy<Task<Manifests>>(() => RenderOnceAsync(values, settings))).Value;

    public IEnumerable<YamlNode> Of(string kind) => All.Where(one => one.Text("kind") == kind);

    public YamlNode One(string kind, string name) => Of(kind).Where(one => one.Text("metadata.name") == name).ShouldHaveSingleItem($"{kind} {name}");

    /// <summary>Every pod's description, by kind and name of what makes the pods.</summary>
    public IEnumerable<(string Name, YamlNode Pod)> Pods() => All.SelectMany(static one => one.Text("kind") switch
    {
        "Deployment" or "StatefulSet" or "Job" => [(Name(one), one.At("spec.template")!)],
        "CronJob" => [(Name(one), one.At("spec.jobTemplate.spec.template")!)],
        "Pod" => [(Name(one), one)],
        _ => Array.Empty<(string, YamlNode)>(),
    });

    private static string Name(YamlNode resource) => $"{resource.Text("kind")} {resource.Text("metadata.name")}";

    private static async Task<Manifests> RenderOnceAsync(string values, string[] settings)
    {
        var output = await ChartTools.HelmAsync(
            ["template", "splitrail", ".", "--namespace", "shop", "--values", $"values-{values}.yaml", .. settings.SelectMany(static setting => new[] { "--set-json", setting })]);
        output.ExitCode.ShouldBe(0, output.Error);
        return new Manifests(output.Text);
    }
}
