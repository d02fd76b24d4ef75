using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Splitrail.Contracts;
using Splitrail.Gateway.Flags;

namespace Splitrail.Benchmarks.Assignment;

/// <summary>Microsoft.FeatureManagement's own evaluation of the definitions that a snapshot compiles into.</summary>
internal static class FeatureEvaluations
{
    private const int Evaluations = 400_000;

    public static async Task<double> PerSecondAsync(ControlSnapshot snapshot, string[] units)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton<IFeatureDefinitionProvider>(new SnapshotFeatureDefinitions(() => snapshot))
            .AddFeatureManagement().Services
            .BuildServiceProvider();
        var features = services.GetRequiredService<IVariantFeatureManager>();
        var experiment = snapshot.Layers[0].Experiments[0].Id;
        await RunAsync(features, experiment, units, Evaluations / 4);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await RunAsync(features, experiment, units, Evaluations);
        return Evaluations / System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task RunAsync(IVariantFeatureManager features, string experiment, string[] units, int count)
    {
        for (var i = 0; i < count; i++)
            await features.GetVariantAsync(experiment, new TargetingContext { UserId = units[i & (units.Length - 1)] });
    }
}
