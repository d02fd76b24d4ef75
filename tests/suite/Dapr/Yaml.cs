namespace Splitrail.Tests.Suite.Dapr;

/// <summary>Component files of tests.</summary>
public static class Yaml
{
    public static string Component(string name, string type, params (string Name, string Value)[] metadata) =>
        $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        spec:
          type: {type}
          version: v1
          metadata: [{string.Join(", ", metadata.Select(pair => $$"""{name: {{pair.Name}}, value: "{{pair.Value}}"}"""))}]

        """;

    public static string Components(params string[] components) => string.Join("---\n", components);

    public static string Resiliency(string policiesAndTargets) =>
        $"""
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata:
          name: test
        spec:
        {policiesAndTargets}
        """;
}
