using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Splitrail.Features;
using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Checks;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Checks;

/// <summary>With real child processes.</summary>
public sealed class ModelOpeningTests : IDisposable
{
    private readonly string _models = Directory.CreateTempSubdirectory("splitrail-opening-").FullName;

    public void Dispose() => Directory.Delete(_models, recursive: true);

    [Fact]
    public async Task A_sound_model_is_accepted_by_the_child()
    {
        var folder = RankingModels.Publish(_models, "v1", RankingModels.Logistic("log_price", 1f).ToOnnx(ShopFeatures.Set.Metadata));
        (await Opening().OpenAsync(folder, CancellationToken.None)).ShouldBe((CheckVerdict.Accepted, true));
    }

    [Fact]
    public async Task A_model_that_wants_all_memory_is_refused()
    {
        const long many = 1L << 36;
        var folder = RankingModels.Publish(_models, "v1", RankingModels.Onnx(graph => graph.Add(
            "Sigmoid", graph.Add("Add", graph.Add("ReduceMax", graph.Add("ConstantOfShape", graph.Longs(many))), graph.Add("Gather", ("axis", 1), graph.Input, graph.Longs(0))))));
        var (verdict, isFinal) = await Opening().OpenAsync(folder, CancellationToken.None);
        verdict.Fault.ShouldNotBeNull();
        isFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task A_child_that_crashes_says_so_and_takes_nobody_along()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (verdict, isFinal) = await Opening("kill -SEGV $$").OpenAsync(_models, CancellationToken.None);
        verdict.Fault!.ShouldStartWith("opening it ended the process with code");
        isFinal.ShouldBeTrue();
        (await Opening("echo nonsense; exit 1").OpenAsync(_models, CancellationToken.None)).Verdict.Fault!.ShouldContain("with code 1");
    }

    [Fact]
    public async Task A_child_that_never_ends_is_ended_and_the_model_may_be_tried_again()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (verdict, isFinal) = await Opening("exec sleep 600", timeout: "00:00:00.200").OpenAsync(_models, CancellationToken.None);
        verdict.Fault.ShouldBe("opening it did not end within 0.2 s");
        isFinal.ShouldBeFalse();
    }

    [Fact]
    public async Task Without_the_program_no_model_is_accepted()
    {
        var opening = new ModelOpening(Options("00:01:00"), TimeProvider.System) { Program = _ => new ProcessStartInfo("/nowhere/at/all") };
        var (verdict, isFinal) = await opening.OpenAsync(_models, CancellationToken.None);
        verdict.Fault!.ShouldContain("a process of its own");
        isFinal.ShouldBeFalse();
    }

    private static ModelOpening Opening(string? script = null, string timeout = "00:01:00") => script is null
        ? new(Options(timeout), TimeProvider.System)
        : new(Options(timeout), TimeProvider.System)
        {
            Program = _ => new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };

    private static RankingOptions Options(string timeout) => RankingOptions.From(new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create<string, string?>("RankingSvc:CheckTimeout", timeout)]).Build());
}
