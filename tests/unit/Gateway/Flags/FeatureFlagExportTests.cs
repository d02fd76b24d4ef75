using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Shouldly;
using Splitrail.Contracts;
using Splitrail.Experiments;
using Splitrail.Gateway;
using Splitrail.Gateway.Flags;
using Splitrail.Tests.Unit.Experiments;
using Splitrail.Tests.Unit.Gateway.Assignment;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Flags;

public sealed class FeatureFlagExportTests
{
    private static readonly Layer s_layer = Snapshots.RaggedLayer();

    [Fact]
    public async Task A_client_that_reads_the_export_gives_everybody_the_arm_that_the_gateway_gives()
    {
        var overridden = s_layer with
        {
            SlotMap = [.. s_layer.SlotMap.Where(static range => range.Experiment == "mix"), new(0, 1000, ReservedNames.Holdout, ReservedNames.Holdout)],
            Experiments = [s_layer.Experiments[1] with { Overrides = new Dictionary<string, string> { ["tester"] = "explore" } }],
        };
        var snapshot = Snapshots.Of(overridden, Snapshots.RaggedLayer("other") with { Experiments = [Renamed(s_layer.Experiments[0], "order-2")], SlotMap = Renamed(s_layer.SlotMap) });
        var features = ClientOf(snapshot);
        var assigner = new Assigner(snapshot);
        var owners = new ushort[2];
        var assigned = 0;

        foreach (var user in Enumerable.Range(0, 20_000).Select(static i => UnitIds.Of(i % UnitIds.Families, i)).Prepend("tester"))
        {
            assigner.Assign(new Subject(user, null), default, owners);
            foreach (var (layer, experiment) in new[] { (0, "mix"), (1, "order-2") })
            {
                var variant = await features.GetVariantAsync(experiment, new TargetingContext { UserId = user });
                (variant?.Name).ShouldBe(assigner.ArmOf(layer, owners[layer])?.Arm, user);
                assigned += variant is null ? 0 : 1;
            }
        }

        assigned.ShouldBeInRange(16_000, 20_000);
        (await features.GetVariantAsync("mix", new TargetingContext { UserId = "tester" })).Configuration["mix"].ShouldBe("explore");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_reads_the_kill_switches(bool on)
    {
        var features = ClientOf(Snapshots.Of() with { Flags = new Dictionary<string, bool> { [FlagNames.Search] = on } });

        (await features.IsEnabledAsync(FlagNames.Search)).ShouldBe(on);
        (await features.IsEnabledAsync(FlagNames.Ranking)).ShouldBeTrue();
    }

    [Fact]
    public void What_a_client_would_assign_otherwise_is_left_out_and_said_so()
    {
        var experiment = s_layer.Experiments[0] with { Id = "e" };
        LeftOut(s_layer with { Hash = LayerHashes.Fast, Experiments = [experiment] }).ShouldContain("'fast'");
        LeftOut(s_layer with { Unit = UnitKinds.Session, Experiments = [experiment] }).ShouldContain("sessions");
        LeftOut(s_layer with { Experiments = [experiment with { Audience = [new("device", "equals", ["phone"])] }] }).ShouldContain("audience");
        LeftOut(s_layer with { Experiments = [experiment with { Id = FlagNames.Search }] }).ShouldContain("kill switch");
        LeftOut(s_layer with { Experiments = [experiment, experiment with { Id = "f", Overrides = new Dictionary<string, string> { ["u"] = "control" } }] })
            .ShouldContain("Experiment f");
        var held = Snapshots.Of(s_layer with { Experiments = [experiment] }) with { GlobalHoldout = new HoldoutDefinition("h", [new(0, 9, "@holdout", "@holdout")]) };
        new CompiledFeatures(held).LeftOut.ShouldHaveSingleItem().Reason.ShouldContain("global holdout");
    }

    private static string LeftOut(Layer layer)
    {
        var left = FeatureFlagExport.Of(new CompiledFeatures(Snapshots.Of(layer))).Splitrail.NotExported.ShouldHaveSingleItem();
        left.Layer.ShouldBe(layer.Id);
        return left.Reason;
    }

    /// <summary>The real package, reading the exported JSON as its configuration, as another application would.</summary>
    private static IVariantFeatureManager ClientOf(ControlSnapshot snapshot)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        GatewayJson.MakeStrict(options);
        var json = JsonSerializer.Serialize(FeatureFlagExport.Of(new CompiledFeatures(snapshot)), options);
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddFeatureManagement().Services
            .BuildServiceProvider()
            .GetRequiredService<IVariantFeatureManager>();
    }

    private static ExperimentDefinition Renamed(ExperimentDefinition experiment, string id) => experiment with { Id = id };

    private static SlotRange[] Renamed(IReadOnlyList<SlotRange> map) =>
        [.. map.Where(static range => range.Experiment == "order").Select(static range => range with { Experiment = "order-2" })];
}
