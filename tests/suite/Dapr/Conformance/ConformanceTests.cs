using Xunit;

namespace Splitrail.Tests.Suite.Dapr.Conformance;

/// <summary>The embedded sidecar against what a real daprd 1.16.9 answered.</summary>
public sealed class ConformanceTests(ConformanceRig rig) : IClassFixture<ConformanceRig>
{
    private static readonly Dictionary<string, ConformanceCase> Cases =
        new[] { StateCases.All(), InvokeCases.All(), PublishCases.All(), SidecarCases.All() }.SelectMany(cases => cases).ToDictionary(one => one.Name);

    public static int Count => Cases.Count;

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_sidecar_answers_as_recorded(string name) => Cases[name].RunAsync(rig);
}
