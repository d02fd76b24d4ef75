using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Unit.Repository;

/// <summary>Who may lean on whom: services and trainer on shared alone, the laptop host on the services.</summary>
public sealed class ProjectReferenceTests
{
    [Theory]
    [InlineData("gateway")]
    [InlineData("candidate-svc")]
    [InlineData("ranking-svc")]
    [InlineData("experiment-svc")]
    [InlineData("feature-svc")]
    [InlineData("trainer")]
    public void A_service_references_shared_alone(string folder) => References(folder).ShouldBe(["shared"]);

    [Fact]
    public void Shared_references_nothing_of_ours() => References("shared").ShouldBeEmpty();

    [Fact]
    public void The_laptop_host_references_the_five_services() =>
        References("local").ShouldBe(["candidate-svc", "experiment-svc", "feature-svc", "gateway", "ranking-svc"]);

    private static IEnumerable<string> References(string folder)
    {
        var project = Directory.GetFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj").ShouldHaveSingleItem();
        return XDocument.Load(project).Descendants("ProjectReference")
            .Select(static reference => reference.Attribute("Include")!.Value.Split('/')[^2])
            .Order(StringComparer.Ordinal);
    }
}
