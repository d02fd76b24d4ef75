using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Splitrail.Tests.Unit.Charts;
using Splitrail.Tests.Unit.Repository;
using Xunit;

namespace Splitrail.Tests.Unit.Images;

/// <summary>What MSBuild says of each image: scripts/images.sh builds what these properties describe.</summary>
public sealed class ImageTests
{
    private const string ChartUser = "1654";

    [Theory]
    [InlineData("gateway")]
    [InlineData("candidate-svc")]
    [InlineData("ranking-svc")]
    [InlineData("experiment-svc")]
    [InlineData("feature-svc")]
    [InlineData("trainer")]
    public async Task An_image_is_named_after_its_folder_has_no_shell_and_runs_as_the_charts_user(string folder)
    {
        using var evaluated = await EvaluateAsync(folder);
        var properties = evaluated.RootElement.GetProperty("Properties");
        properties.GetProperty("EnableSdkContainerSupport").GetString().ShouldBe("true");
        properties.GetProperty("ContainerRepository").GetString().ShouldBe($"splitrail/{folder}");
        properties.GetProperty("ContainerImageTag").GetString().ShouldBe(properties.GetProperty("Version").GetString());
        properties.GetProperty("ContainerFamily").GetString().ShouldBe("noble-chiseled");
        properties.GetProperty("ContainerUser").GetString().ShouldBe(ChartUser);
        properties.GetProperty("ContainerWorkingDirectory").GetString().ShouldBe("/app/", "the entry point is this and the program, without a slash between");
        properties.GetProperty("InvariantGlobalization").GetString().ShouldBe("true", "the chiselled base has no ICU");
        properties.GetProperty("ContainerLicenseExpression").GetString().ShouldBe("Apache-2.0");
        evaluated.RootElement.GetProperty("Items").GetProperty("ContainerPort").EnumerateArray().Select(static port => port.GetProperty("Identity").GetString())
            .ShouldBe(folder == "trainer" ? [] : ["8080"]);
        properties.GetProperty("SplitrailSbom").GetString().ShouldBe(Path.Combine(RepositoryRoot.Path, folder, "obj", "sbom.cdx.json"));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("benchmarks")]
    public async Task Nothing_else_is_an_image(string folder)
    {
        using var evaluated = await EvaluateAsync(folder);
        evaluated.RootElement.GetProperty("Properties").GetProperty("SplitrailSbom").GetString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gateway", "Yarp.ReverseProxy")]
    [InlineData("ranking-svc", "onnxruntime-node")]
    [InlineData("feature-svc", "Npgsql")]
    public async Task The_list_of_parts_names_each_with_its_version_and_hash(string folder, string part)
    {
        var output = await ChartTools.RunAsync("node", RepositoryRoot.Path, "", "scripts/sbom.mjs", folder);
        output.ExitCode.ShouldBe(0, output.Error);
        using var parts = JsonDocument.Parse(output.Text);
        parts.RootElement.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        var components = parts.RootElement.GetProperty("components").EnumerateArray().ToArray();
        components.Count(component => component.GetProperty("name").GetString() == part).ShouldBe(1);
        components.ShouldAllBe(static component => component.GetProperty("version").GetString()!.Length > 0);
        components.Count(static component => component.TryGetProperty("hashes", out _)).ShouldBeGreaterThanOrEqualTo(components.Length - 1);
    }

    [Fact]
    public void The_script_builds_every_image_the_chart_runs()
    {
        var script = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "scripts", "images.sh"));
        script.ShouldContain("for image in gateway candidate-svc ranking-svc experiment-svc feature-svc trainer; do");
        File.ReadAllText(Path.Combine(ChartTools.Chart, "templates", "_helpers.tpl")).ShouldContain($"runAsUser: {ChartUser}");
    }

    private static async Task<JsonDocument> EvaluateAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "msbuild", folder, "-nologo", "-getItem:ContainerPort",
            "-getProperty:EnableSdkContainerSupport,ContainerRepository,ContainerImageTag,ContainerFamily,ContainerUser,ContainerWorkingDirectory,ContainerLicenseExpression,InvariantGlobalization,SplitrailSbom,Version",
        ])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, text);
        return JsonDocument.Parse(text);
    }
}
