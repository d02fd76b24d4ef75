using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Splitrail.Local.Sidecar.Resources;

/// <summary>What the files of <c>--resources-path</c> say to one app.</summary>
internal sealed record ResourceFolder(
    IReadOnlyList<ComponentSpec> Components,
    IReadOnlyList<SubscriptionSpec> Subscriptions,
    IReadOnlyList<SubscriptionSpec> SubscriptionsOfOthers,
    IReadOnlyList<ResiliencySpec> Resiliency,
    SidecarConfiguration Configuration)
{
    /// <summary>Reads every YAML document of the folder.</summary>
    /// <exception cref="ResourceException">With every fault that was found.</exception>
    public static ResourceFolder Load(string? path, string appId)
    {
        List<ResourceFault> faults = [];
        List<ComponentSpec> components = [];
        List<SubscriptionSpec> subscriptions = [];
        List<ResiliencySpec> resiliency = [];
        var configuration = SidecarConfiguration.Default;
        foreach (var document in Documents(path, faults))
        {
            var scopes = document.Texts("scopes");
            var isMine = scopes.Count == 0 || scopes.Contains(appId);
            var name = document.Map("metadata").Required("name");
            switch (document.Text("kind"))
            {
                case "Component":
                    var component = ComponentSpec.Read(document, name);
                    if (isMine && components.Exists(other => other.Name == name))
                        document.Fault(null, $"the component '{name}' is declared twice.");
                    if (isMine)
                        components.Add(component);
                    break;
                case "Subscription":
                    subscriptions.Add(SubscriptionSpec.Read(document, document.Required("apiVersion"), scopes));
                    break;
                case "Resiliency":
                    var spec = ResiliencySpec.Read(document);
                    if (isMine)
                        resiliency.Add(spec);
                    break;
                case "Configuration":
                    configuration = SidecarConfiguration.Read(document);
                    break;
                case null:
                    document.Fault(null, "'kind' is missing; Component, Subscription, Resiliency and Configuration are read.");
                    break;
                default:
                    // Other kinds of the same folder are for other readers.
                    break;
            }
        }

        return faults.Count > 0
            ? throw new ResourceException(faults)
            : new ResourceFolder(
                components, [.. subscriptions.Where(one => one.IsFor(appId))], [.. subscriptions.Where(one => !one.IsFor(appId))], resiliency, configuration);
    }

    private static List<YamlMap> Documents(string? path, List<ResourceFault> faults)
    {
        if (path is null)
            return [];
        if (!Directory.Exists(path))
            throw new ResourceException([new ResourceFault(path, 0, "the folder of component files does not exist.")]);
        var files = Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file) is ".yaml" or ".yml").Order(StringComparer.Ordinal);
        return [.. files.SelectMany(file => Documents(file, File.ReadAllText(file), faults))];
    }

    private static List<YamlMap> Documents(string file, string text, List<ResourceFault> faults)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException fault)
        {
            faults.Add(new ResourceFault(file, fault.Start.Line, $"not YAML: {fault.InnerException?.Message ?? fault.Message}"));
            return [];
        }

        List<YamlMap> documents = [];
        foreach (var root in stream.Documents.Select(document => document.RootNode))
        {
            if (root is YamlMappingNode mapping)
                documents.Add(new YamlMap(mapping, "", file, faults));
            else if (root is not YamlScalarNode { Value: null or "" })
                faults.Add(new ResourceFault(file, root.Start.Line, "a document must be a mapping with apiVersion, kind, metadata and spec."));
        }

        return documents;
    }
}
